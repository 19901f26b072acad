import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { environment, mistakesIn } from './world.testing.ts';

test('a site takes from the instance what it does not say itself', () => {
  const { sites } = loadConfig(
    environment(`
      time_zone = "Europe/Berlin"
      min_delay_secs = 5
      respect_dnt = true
      retention_days = 400
      visibility = "private"
      admin_token = "a-token-that-nobody-guesses"
      [[sites]]
      slug = "blog"
      base_urls = ["https://Blog.example/", "https://blog.example", "http://blog.example:8080"]
      [[sites]]
      slug = "docs"
      name = "The docs"
      base_urls = "https://docs.example"
      callback_origin = "http://127.0.0.1:4000"
      time_zone = "-03:30"
      min_delay_secs = 0
      path_patterns = ["/user/:id", "/über/*"]
      respect_dnt = false
      retention_days = 30
      visibility = "public"
    `),
  );
  expect(sites).toEqual([
    {
      slug: 'blog',
      name: 'blog',
      baseUrls: ['https://blog.example', 'http://blog.example:8080'],
      callbackOrigin: 'https://blog.example',
      timeZone: 'Europe/Berlin',
      minDelaySecs: 5,
      pathPatterns: [],
      respectDnt: true,
      retentionDays: 400,
      visibility: 'private',
      publicPages: [],
      publicFigures: [],
    },
    {
      slug: 'docs',
      name: 'The docs',
      baseUrls: ['https://docs.example'],
      callbackOrigin: 'http://127.0.0.1:4000',
      timeZone: '-03:30',
      minDelaySecs: 0,
      pathPatterns: ['/user/:id', '/%C3%BCber/*'],
      respectDnt: false,
      retentionDays: 30,
      visibility: 'public',
      publicPages: [],
      publicFigures: [],
    },
  ]);
});

test('the site of tracked_origin comes first and is called by its host', () => {
  const env = environment('[[sites]]\nslug = "docs"\nbase_urls = ["https://docs.example"]', {
    OXICOUNT_TRACKED_ORIGIN: 'https://a.example:8443, https://b.example/',
  });
  const [first, second] = loadConfig(env).sites;
  expect(first).toMatchObject({
    slug: 'default',
    name: 'a.example:8443',
    baseUrls: ['https://a.example:8443', 'https://b.example'],
    callbackOrigin: 'https://a.example:8443',
  });
  expect(second?.slug).toBe('docs');
});

test('a path pattern that could never match is a mistake', () => {
  const patterns = ['user/:id', '/', '/a*', '/*/b', '/a//b', '/a/:', '/../b', '/a?b', '/ok/:id/*'];
  const mistakes = mistakesIn(
    environment(
      `[[sites]]\nslug = "a"\nbase_urls = ["https://a.example"]\npath_patterns = ${JSON.stringify(patterns)}`,
    ),
  );
  expect(mistakes).toHaveLength(patterns.length - 1);
  expect(mistakes[0]).toBe(
    'sites[0].path_patterns[0] in FILE is "user/:id": it should be a path such as /user/:id or /docs/*, where * is the last segment',
  );
});

test('a site needs a slug and a base URL', () => {
  expect(mistakesIn(environment('[[sites]]\nname = "Blog"\nslugg = "blog"'))).toEqual([
    'sites[0].slugg in FILE is not a setting: did you mean sites.slug?',
    'sites[0].slug is missing in FILE: it should be a short name of a-z, 0-9 and -, at most 64 characters',
    expect.stringMatching(/^sites\[0\]\.base_urls is missing in FILE: it should be a scheme and a host/),
  ]);
  expect(mistakesIn(environment('[[sites]]\nslug = "My Blog"\nbase_urls = ["https://a.example"]'))).toEqual([
    'sites[0].slug in FILE is "My Blog": it should be a short name of a-z, 0-9 and -, at most 64 characters',
  ]);
});

test('a slug and an origin belong to one site only', () => {
  const site = (slug: string, origin: string) => `[[sites]]\nslug = "${slug}"\nbase_urls = ["${origin}"]\n`;
  const toml =
    site('blog', 'https://a.example') +
    site('blog', 'https://b.example:443/') +
    site('default', 'https://c.example');
  expect(mistakesIn(environment(toml, { OXICOUNT_TRACKED_ORIGIN: 'https://b.example' }))).toEqual([
    'sites[1].slug in FILE is "blog": it should be one that sites[0] does not have',
    'sites[1].base_urls in FILE has "https://b.example": it should be in one site only, and tracked_origin has it',
    'sites[2].slug in FILE is "default": it should be one that tracked_origin does not have',
  ]);
});

test('a single [sites] table is told to be doubled', () => {
  expect(mistakesIn(environment('[sites]\nslug = "blog"'))).toEqual([
    'sites in FILE is a table: it should be tables, each headed [[sites]] in double brackets',
  ]);
});
