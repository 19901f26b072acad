import { describe, expect, test } from 'vitest';
import { operator, type Reader } from './access.ts';
import { about, blog, createWorld, docs, from, nobody } from './world.testing.ts';

const TOKEN = 'the-token-of-the-one-who-runs-it';
const hidden = { ...docs, visibility: 'private' } as const;
const also = { ...hidden, slug: 'also', baseUrls: ['https://also.example'] };
const admin: Reader = { token: TOKEN };

describe('a reader', () => {
  async function slugsFor(reader: Reader, adminToken: string | null = TOKEN): Promise<string[]> {
    const { domain } = await createWorld({ sites: [blog, hidden], adminToken });
    return (await domain.sites.all(reader)).map(({ slug }) => slug);
  }

  test('without a token may read what is public', async () => {
    expect(await slugsFor({ token: null })).toEqual(['blog']);
    expect(await slugsFor({ token: null }, null)).toEqual(['blog']);
  });

  test('with the token, or who runs the instance, may read everything', async () => {
    expect(await slugsFor(admin)).toEqual(['blog', 'docs']);
    expect(await slugsFor(operator)).toEqual(['blog', 'docs']);
    expect(await slugsFor(operator, null)).toEqual(['blog', 'docs']);
  });

  test.each([
    '',
    ' ',
    'wrong',
    TOKEN.slice(1),
    `${TOKEN} `,
    TOKEN.toUpperCase(),
    'may do everything',
    `oxi_0123456789ab_${'a'.repeat(43)}`,
  ])('with the token %j is refused, and it is not repeated', async (token) => {
    for (const adminToken of [TOKEN, null]) {
      await expect(slugsFor({ token }, adminToken)).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    }
    const refusal = await slugsFor({ token: 'my-secret' }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^The bearer token is not one of this instance/);
    expect(refusal).not.toMatch(/my-secret/);
  });

  test('with a wrong token learns so also where there is nothing to read', async () => {
    const { domain } = await createWorld({ sites: [], adminToken: TOKEN });
    await expect(domain.sites.all({ token: 'wrong' })).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  });
});

describe('a private site', () => {
  /** The refusal of a site as it is told, without its name. */
  async function refusalOf(slug: string, ask: (slug: string) => Promise<unknown>): Promise<unknown> {
    const { code, message } = await ask(slug).then(
      () => ({ code: 'none', message: '' }),
      (error) => error,
    );
    return { code, message: message.replaceAll(slug, 'SLUG') };
  }

  test('is to others as one that is not there', async () => {
    const { domain } = await createWorld({ sites: [blog, hidden], adminToken: TOKEN });
    const find = (slug: string) => domain.sites.find(about(slug));
    const refusal = await refusalOf('docs', find);
    expect(refusal).toEqual({ code: 'SITE_NOT_FOUND', message: 'There is no site "SLUG".' });
    expect(await refusalOf('shop', find)).toEqual(refusal);
    expect((await domain.sites.all(nobody)).map(({ slug }) => slug)).toEqual(['blog']);
  });

  test('is there for whoever has the token', async () => {
    const { domain } = await createWorld({ sites: [blog, hidden], adminToken: TOKEN });
    expect((await domain.sites.find({ site: 'docs', reader: admin })).name).toBe('Docs');
    expect(await domain.sites.all(admin)).toHaveLength(2);
  });

  test('does not count where the site may be left out', async () => {
    const { domain } = await createWorld({ sites: [hidden, blog, also], adminToken: TOKEN });
    expect((await domain.sites.find(about())).slug).toBe('blog');
    await expect(domain.sites.find({ reader: admin })).rejects.toMatchObject({ code: 'SITE_REQUIRED' });
  });

  test('is not told of where there is no other', async () => {
    const one = await createWorld({ sites: [hidden], adminToken: TOKEN });
    const several = await createWorld({ sites: [hidden, also], adminToken: TOKEN });
    const none = await createWorld({ sites: [], adminToken: TOKEN });
    const refusals = [one, several, none].map(({ domain }) =>
      refusalOf('', () => domain.sites.find(about())),
    );
    const [refusal, ...others] = await Promise.all(refusals);
    expect(refusal).toMatchObject({ code: 'SITE_NOT_FOUND' });
    expect(others).toEqual([refusal, refusal]);
    expect((await one.domain.sites.find({ reader: admin })).slug).toBe('docs');
  });

  test('counts its readers, who have no token and need none', async () => {
    const { domain, clock } = await createWorld({ sites: [blog, hidden], adminToken: TOKEN });
    const reader = from('https://docs.example');
    for (const caller of [reader, { ...reader, token: 'wrong' }, { ...nobody, token: 'wrong' }]) {
      const { visitId } = await domain.visits.register({ site: 'docs', path: '/a' }, caller);
      clock.pass(docs.minDelaySecs * 1_000);
      expect(await domain.visits.postSleep({ visitId }, caller)).toEqual({ counted: true });
      expect(await domain.visits.pageLeft({ visitId, secondsOnPage: 5 }, caller)).toEqual({
        spentSeconds: 5,
      });
      await domain.visits.view({ site: 'docs', path: '/a' }, caller);
    }
    const question = { site: 'docs', reader: admin };
    expect(await domain.counts.count(question, { path: '/a' })).toBe(3);
  });

  test('is not told of to the pages of other sites', async () => {
    const { domain } = await createWorld({ sites: [blog, hidden], adminToken: TOKEN });
    const register = (site: string) =>
      domain.visits.register({ site, path: '/a' }, from('https://blog.example'));
    const refusal = await refusalOf('docs', register);
    expect(refusal).toMatchObject({ code: 'SITE_NOT_FOUND' });
    expect(await refusalOf('shop', register)).toEqual(refusal);
  });

  test('does not say what it is called to who counts on it', async () => {
    const slug = 'very-secret';
    const { domain, answer } = await createWorld({ sites: [{ ...hidden, slug }], adminToken: TOKEN });
    answer(`${hidden.callbackOrigin}/missing`, 'missing');
    answer(`${hidden.callbackOrigin}/away`, 'unreachable');
    for (const path of ['/missing', '/away', '//host']) {
      const refused = domain.visits.register({ path }, from('https://docs.example'));
      await expect(refused).rejects.toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(slug) }),
      );
    }
  });
});
