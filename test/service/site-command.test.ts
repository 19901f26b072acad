import { expect, onTestFinished, test } from 'vitest';
import { createOperator, type Operator, startOnce } from '../support/command.ts';
import { eachDatabase } from '../support/databases.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

// A service that runs has seen a change after 5 seconds; the machine may be a busy one.
const SOON = { timeout: 20_000, interval: 100 };

interface ListedSite {
  readonly slug: string;
  readonly state: string;
  readonly visits: number;
}

const list = (operator: Operator) => operator.json<ListedSite[]>('site', 'list');

/** An operator with a site that has visits. */
async function withVisits(visits: number): Promise<Operator> {
  const operator = await createOperator();
  const { exit } = await operator.command('demo', '--visits', String(visits), '--pages', '50');
  expect(exit).toBe(0);
  return operator;
}

test('a site that is added has what was said, and what the configuration says of the rest', async () => {
  const { command, json } = await createOperator({
    OXICOUNT_BASE_URL: 'https://count.example',
    OXICOUNT_MIN_DELAY_SECS: '7',
  });
  expect((await command('site', 'list')).output).toMatch(/There is no site yet\. oxicount site add --help/);
  const { exit, output } = await command(
    ...['site', 'add', 'docs', '--base-url', 'https://docs.example', 'https://www.docs.example'],
    ...['--name', 'Documentation', '--time-zone', 'Europe/Berlin', '--retention-days', '30', '--respect-dnt'],
    ...['--visibility', 'selected', '--public-page', '/guide/*', '--public-figures', 'counts', 'real-time'],
  );
  expect(exit).toBe(0);
  expect(output).toContain('<script defer src="https://count.example/count.js"></script>');
  expect(await json('site', 'list')).toEqual([
    {
      slug: 'docs',
      name: 'Documentation',
      baseUrls: ['https://docs.example', 'https://www.docs.example'],
      callbackOrigin: 'https://docs.example',
      timeZone: 'Europe/Berlin',
      minDelaySecs: 7,
      pathPatterns: [],
      respectDnt: true,
      retentionDays: 30,
      visibility: 'selected',
      publicPages: ['/guide/*'],
      publicFigures: ['counts', 'real-time'],
      declared: false,
      state: 'active',
      archivedAt: null,
      deletedAt: null,
      visits: 0,
    },
  ]);
  expect((await command('site', 'list')).output).toMatch(
    /^SLUG +NAME .*\ndocs +Documentation +https:\/\/docs\.example https:\/\/www\.docs\.example +Europe\/Berlin +selected +active +0\n$/,
  );
});

test('a change is of what was said, and an empty list can be said too', async () => {
  const { command, json } = await createOperator();
  const add = [
    'site',
    'add',
    'docs',
    '--base-url',
    'https://docs.example',
    '--path-pattern',
    '/u/:id',
    '/d/*',
  ];
  await command(...add, '--retention-days', '30', '--respect-dnt');
  const { output } = await command(
    ...['site', 'change', 'docs', '--slug', 'handbook', '--no-path-pattern', '--retention-days', '0'],
    '--no-respect-dnt',
  );
  expect(output).toContain('slug "docs" -> "handbook"; path-patterns ["/u/:id","/d/*"] -> []');
  expect(output).toContain('retention-days 30 -> none');
  expect(output).not.toMatch(/roll-ups/);
  expect(await json('site', 'list')).toMatchObject([
    {
      slug: 'handbook',
      baseUrls: ['https://docs.example'],
      pathPatterns: [],
      respectDnt: false,
      retentionDays: null,
    },
  ]);
  expect((await command('site', 'change', 'handbook', '--retention-days', '0')).output).toBe(
    'The site handbook is like that already.\n',
  );
});

eachDatabase('a service that runs', (kind) => {
  test('counts a site that was added beside it, until it is archived, and again once it is restored', async () => {
    const database = await kind.create();
    const tracked = await startTrackedSite(['/a']);
    onTestFinished(async () => {
      await tracked.close();
      await database.remove();
    });
    const operator = await createOperator({
      OXICOUNT_DATABASE_URL: database.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
    });
    const { command } = operator;
    const url = await operator.serve().url;
    const headers = { origin: tracked.url };
    const register = async () => (await fetch(`${url}/register?path=/a`, { headers })).status;
    expect(await register()).toBe(403);

    expect((await command('site', 'add', 'docs', '--base-url', tracked.url)).exit).toBe(0);
    await expect.poll(register, SOON).toBe(200);
    const id = await (await fetch(`${url}/register?path=/a`, { headers })).json();
    expect((await fetch(`${url}/post-sleep/${id}`, { headers })).status).toBe(200);
    expect(await list(operator)).toMatchObject([
      { slug: 'demo', state: 'in the configuration', visits: 0 },
      { slug: 'docs', state: 'active', visits: 1 },
    ]);

    expect((await command('site', 'archive', 'docs')).output).toMatch(/^The site docs is archived\./);
    await expect.poll(register, SOON).toBe(403);
    expect((await command('site', 'restore', 'docs')).output).toMatch(/^The site docs is active\./);
    await expect.poll(register, SOON).toBe(200);

    const { exit, output } = await command('site', 'delete', 'docs', '--yes');
    expect(exit).toBe(0);
    expect(output).toMatch(/Deleted the site docs: \d+ rows, 1 visits and pixel views among them\./);
    await expect.poll(register, SOON).toBe(403);
    expect((await list(operator)).map(({ slug }) => slug)).toEqual(['demo']);
  });
});

test('another time zone has its figures made anew by the command itself', async () => {
  const { command } = await withVisits(500);
  const { exit, output } = await command('site', 'change', 'sample', '--time-zone', 'Pacific/Auckland');
  expect(exit).toBe(0);
  expect(output).toContain('time-zone "UTC" -> "Pacific/Auckland"');
  expect(output).toMatch(/sample: roll-ups of 36\d days made anew in/);
});

test('deleting takes a word of whoever runs it, and leaves the other sites alone', async () => {
  const operator = await withVisits(100);
  const { command } = operator;
  await command('site', 'add', 'docs', '--base-url', 'https://docs.example');
  const refused = await command('site', 'delete', 'sample');
  expect([refused.exit, refused.output]).toEqual([1, expect.stringMatching(/--yes deletes the site/)]);
  expect((await list(operator)).map(({ slug }) => slug)).toEqual(['sample', 'docs']);

  const { exit, output } = await command('site', 'delete', 'docs', '--yes');
  expect(exit).toBe(0);
  // Itself and its origin.
  expect(output).toMatch(/Deleted the site docs: 2 rows, 0 visits/);
  expect(await list(operator)).toMatchObject([{ slug: 'sample', visits: 100 }]);
});

/** Stops the deletion of a site in the middle. */
async function stopDeletion(operator: Operator): Promise<void> {
  const program = operator.begin('site', 'delete', 'sample', '--yes');
  await expect
    .poll(() => program.output(), { timeout: 20_000, interval: 2 })
    .toMatch(/Removing the rows of the site sample/);
  program.kill('SIGINT');
  expect(await program.exit).toBe(130);
  expect(program.output()).toMatch(/Not all of it is removed: [\d,]+ rows/);
  expect(await list(operator)).toMatchObject([{ slug: 'sample', state: 'being deleted' }]);
}

test('a deletion that was stopped goes on with the same command, which knows of all of it', async () => {
  const operator = await withVisits(20_000);
  await stopDeletion(operator);
  for (const command of [['demo'], ['rollups', 'rebuild', '--site', 'sample']]) {
    const refused = await operator.command(...command);
    expect([refused.exit, refused.output]).toEqual([1, 'oxicount: The site sample is being deleted.\n']);
  }
  const { exit, output } = await operator.command('site', 'delete', 'sample');
  expect(exit).toBe(0);
  expect(output).toMatch(
    /Deleted the site sample: \d\d,\d{3} rows, 20,600 visits and pixel views among them/,
  );
  expect(await list(operator)).toEqual([]);
});

test('a deletion that was stopped goes on by itself while the service runs', async () => {
  const operator = await withVisits(20_000);
  await stopDeletion(operator);
  await operator.serve().url;
  await expect
    .poll(async () => (await list(operator)).map(({ slug }) => slug), { timeout: 30_000, interval: 500 })
    .toEqual(['demo']);
});

test('a site of the configuration is changed there', async () => {
  const operator = await createOperator({ OXICOUNT_TRACKED_ORIGIN: 'https://blog.example' });
  const { command } = operator;
  await startOnce(operator);
  for (const args of [
    ['change', 'default', '--name', 'x'],
    ['archive', 'default'],
    ['delete', 'default', '--yes'],
  ]) {
    const { exit, output } = await command('site', ...args);
    expect([exit, output]).toEqual([1, expect.stringMatching(/site default is in the configuration/)]);
  }
});

test.each([
  ['site add docs', /--base-url.*not specified/],
  [
    'site add Docs --base-url https://a.example',
    /'Docs' is invalid for argument 'slug'.*a short name of a-z/,
  ],
  [
    'site add docs --base-url a.example',
    /--base-url.*'a\.example' is invalid.*such as https:\/\/example\.com/,
  ],
  ['site add docs --base-url https://a.example --callback-origin x', /--callback-origin.*'x' is invalid/],
  ['site add docs --base-url https://a.example --time-zone Mars', /--time-zone.*such as Europe\/Berlin/],
  ['site add docs --base-url https://a.example --min-delay-secs -1', /--min-delay-secs.*from 0 to 86,400/],
  ['site add docs --base-url https://a.example --path-pattern *', /--path-pattern.*'\*' is invalid/],
  ['site add docs --base-url https://a.example --retention-days 2', /--retention-days.*from 3 to 36,500/],
  ['site add docs --base-url https://a.example --visibility all', /--visibility.*public, selected, private/],
  ['site add docs --base-url https://a.example --public-page x*', /--public-page.*'x\*' is invalid/],
  [
    'site add docs --base-url https://a.example --public-figures all',
    /--public-figures.*counts, history, stats/,
  ],
  ['site add taken --base-url https://a.example', /slug taken is that of another site/],
  [
    'site add docs --base-url https://taken.example',
    /https:\/\/taken\.example is a base URL of the site taken/,
  ],
  ['site change taken', /Say what to change; --help/],
  ['site change nobody --name x', /There is no site "nobody"; there is: taken\./],
  ['site archive nobody', /There is no site "nobody"/],
  ['site restore nobody', /There is no site "nobody"/],
  ['site delete nobody --yes', /There is no site "nobody"/],
])('%s is refused in a line that says why', async (args, reason) => {
  const operator = await createOperator();
  await operator.command('site', 'add', 'taken', '--base-url', 'https://taken.example');
  const { exit, output, standardOutput } = await operator.command(...args.split(' '));
  expect([exit, standardOutput]).toEqual([1, '']);
  expect(output.split('\n')[0]).toMatch(reason);
  expect(output).not.toMatch(/^\s+at .*:\d+/m);
  expect((await list(operator)).map(({ slug }) => slug)).toEqual(['taken']);
});

test('commands say of a site that is archived how it comes back', async () => {
  const { command } = await createOperator();
  await command('site', 'add', 'docs', '--base-url', 'https://docs.example');
  await command('site', 'archive', 'docs');
  for (const args of [
    ['demo', '--site', 'docs'],
    ['rollups', 'rebuild', '--site', 'docs'],
  ]) {
    const { exit, output } = await command(...args);
    expect([exit, output]).toEqual([
      1,
      'oxicount: The site docs is archived; oxicount site restore docs makes it active again.\n',
    ]);
  }
});
