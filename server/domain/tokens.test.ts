import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operator, type Reader } from './access.ts';
import { DomainError } from './errors.ts';
import { SCOPES, type Scope } from './scope.ts';
import type { TokenInput } from './tokens.ts';
import { blog, createWorld, docs, nobody, START, type TestWorld } from './world.testing.ts';

const hidden = { ...docs, visibility: 'private' } as const;

async function withTokens(input: Partial<TokenInput> = {}) {
  const world = await createWorld({ sites: [blog, hidden] });
  return { ...world, holder: await holderOf(world, input) };
}

/** Whoever has a new token. */
async function holderOf({ domain }: TestWorld, input: Partial<TokenInput>): Promise<Reader> {
  const { text } = await domain.tokens.create({ name: 'a token', scopes: ['READ'], ...input }, operator);
  return { token: text };
}

const namesOf = (tokens: readonly { readonly name: string }[]) => tokens.map(({ name }) => name);

describe('a new token', () => {
  test('is shown once, and what is kept does not open anything', async () => {
    const { domain, storage } = await createWorld();
    const { token, text } = await domain.tokens.create({ name: 'reader', scopes: ['READ'] }, operator);
    const [prefix, secret] = text.split('_').slice(1);
    expect(token.prefix).toBe(prefix);
    const stored = await storage.tokens.find(token.prefix);
    const kept = JSON.stringify([await domain.tokens.list(null, operator), stored]);
    expect(kept).toContain(prefix);
    expect(kept).not.toContain(secret);
    expect(Buffer.from(stored?.hash ?? []).toString('base64url')).not.toBe(secret);
  });

  test('is noted with who made it and what it is good for', async () => {
    const world = await withTokens({ name: 'ann', scopes: ['ADMINISTER_SITE'], site: 'blog' });
    await world.domain.tokens.create({ name: 'ben', scopes: ['SEND'], site: 'blog' }, world.holder);
    const [entry] = await world.domain.administration.audit({ first: 1 }, operator);
    expect(entry).toMatchObject({
      actor: 'ann',
      action: 'TOKEN_CREATED',
      site: { slug: 'blog' },
      token: expect.stringMatching(/^ben \([0-9a-f]{12}\)$/),
      changes: { scopes: [null, ['SEND']] },
    });
  });

  test.each<[field: RegExp, Partial<TokenInput>]>([
    [/^name/, { name: ' ' }],
    [/^name/, { name: 'a\nb' }],
    [/^name/, { name: 'a'.repeat(201) }],
    [/^scopes/, { scopes: [] }],
    [/^scopes/, { scopes: ['READ', 'ADMINISTER_INSTANCE'], site: 'blog' }],
    [/^expiresAt/, { expiresAt: START }],
    [/^expiresAt/, { expiresAt: Number.NaN }],
    [/^expiresAt/, { expiresAt: Number.POSITIVE_INFINITY }],
    [/^expiresAt/, { expiresAt: -1e300 }],
    [/^filter and range/, { filter: { page: '/a' } }],
    [/^filter and range/, { range: { preset: 'TODAY' } }],
    [/^filter and range/, { filter: { page: '/a' }, site: 'blog', scopes: ['READ', 'SEND'] }],
    [/^filter\.country/, { filter: { country: '' }, site: 'blog' }],
    [/^filter\.page/, { filter: { page: 'a' }, site: 'blog' }],
    [/^range\.from/, { range: { from: '2024-02-30' }, site: 'blog' }],
    [/^range\.preset/, { range: { preset: 'TODAY', from: '2024-02-01' }, site: 'blog' }],
  ])('is refused by the field %s where that is wrong: %j', async (message, input) => {
    const { domain } = await createWorld();
    const creating = domain.tokens.create({ name: 'a token', scopes: ['READ'], ...input }, operator);
    await expect(creating).rejects.toThrow(message);
    await expect(creating).rejects.toMatchObject({
      code: expect.stringMatching(/^INVALID_(ARGUMENT|PATH)$/),
    });
    expect(await domain.tokens.list(null, operator)).toEqual([]);
    expect(await domain.administration.audit({ first: 10 }, operator)).toEqual([]);
  });

  test('of whatever is asked for is made or refused by the rules, and never fails otherwise', async () => {
    const { domain } = await createWorld();
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const input = fc.record(
      {
        name: text,
        scopes: fc.subarray([...SCOPES]),
        site: fc.option(fc.oneof(fc.constant('blog'), text)),
        expiresAt: fc.option(fc.oneof(fc.double(), fc.double({ min: START, max: START * 2 }))),
        filter: fc.option(fc.record({ page: text, country: text }, { requiredKeys: [] })),
        range: fc.option(fc.record({ from: text, to: text }, { requiredKeys: [] })),
      },
      { requiredKeys: ['name', 'scopes'] },
    );
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        const before = await domain.tokens.list(null, operator);
        const made = await domain.tokens.create(given, operator).catch((error) => error);
        const after = await domain.tokens.list(null, operator);
        if (made instanceof Error) {
          expect(made).toBeInstanceOf(DomainError);
          expect(after).toEqual(before);
        } else {
          expect(after).toEqual([...before, made.token]);
          expect(JSON.parse(JSON.stringify(made.token))).toEqual(made.token);
        }
      }),
    );
  });
});

describe('tokens are for who administers them', () => {
  const cases: readonly [
    who: string,
    input: Partial<TokenInput> | null,
    may: { all?: boolean; blog?: boolean; docs?: boolean },
  ][] = [
    ['nobody', null, {}],
    ['who reads a site', { scopes: ['READ'], site: 'blog' }, {}],
    ['who sends visits to a site', { scopes: ['SEND'], site: 'blog' }, {}],
    ['who reads all sites', { scopes: ['READ', 'SEND'] }, {}],
    ['who administers a site', { scopes: ['ADMINISTER_SITE'], site: 'blog' }, { blog: true }],
    ['who administers a private site', { scopes: ['ADMINISTER_SITE'], site: 'docs' }, { docs: true }],
    ['who administers all sites', { scopes: ['ADMINISTER_SITE'] }, { blog: true, docs: true }],
    [
      'who administers the instance',
      { scopes: ['ADMINISTER_INSTANCE'] },
      { all: true, blog: true, docs: true },
    ],
  ];

  test.each(cases)('%s makes those', async (_who, input, may) => {
    const world = await createWorld({ sites: [blog, hidden] });
    const reader = input ? await holderOf(world, input) : nobody;
    for (const site of [null, 'blog', 'docs'] as const) {
      const making = world.domain.tokens.create({ name: 'new', scopes: ['READ'], site }, reader);
      if (may[site ?? 'all']) await making;
      else {
        // Of a private site that is not theirs nobody is told that it is there.
        const isToldOf = site !== 'docs' || input === null || (input.scopes?.includes('READ') && !input.site);
        await expect(making).rejects.toMatchObject({ code: isToldOf ? 'FORBIDDEN' : 'SITE_NOT_FOUND' });
      }
    }
  });

  test.each(cases)('%s sees and revokes those', async (_who, input, may) => {
    const world = await createWorld({ sites: [blog, hidden] });
    const made = {
      all: await world.domain.tokens.create({ name: 'all', scopes: ['ADMINISTER_INSTANCE'] }, operator),
      blog: await world.domain.tokens.create({ name: 'blog', scopes: ['READ'], site: 'blog' }, operator),
      docs: await world.domain.tokens.create({ name: 'docs', scopes: ['READ'], site: 'docs' }, operator),
    };
    const reader = input ? await holderOf(world, { ...input, name: 'own' }) : nobody;
    const own = Object.keys(made).filter((one) => may[one as keyof typeof made]);
    const listing = world.domain.tokens.list(null, reader);
    if (own.length === 0) await expect(listing).rejects.toMatchObject({ code: 'FORBIDDEN' });
    else expect(namesOf(await listing).filter((name) => name !== 'own')).toEqual(own);
    for (const [name, { token, text }] of Object.entries(made)) {
      const revoking = world.domain.tokens.revoke(token.prefix, reader);
      if (own.includes(name)) {
        expect((await revoking).revokedAt).toBe(START);
        await expect(world.domain.sites.all({ token: text })).rejects.toMatchObject({
          code: 'INVALID_TOKEN',
        });
      } else {
        const code = own.length === 0 ? 'FORBIDDEN' : 'TOKEN_NOT_FOUND';
        await expect(revoking).rejects.toMatchObject({ code });
        await world.domain.sites.all({ token: text });
      }
    }
  });

  test.each<Scope>([
    'READ',
    'SEND',
    'ADMINISTER_SITE',
  ])('who administers a site gives away %s of it', async (scope) => {
    const { domain, holder } = await withTokens({ scopes: ['ADMINISTER_SITE'], site: 'blog' });
    const { token } = await domain.tokens.create({ name: 'new', scopes: [scope], site: 'blog' }, holder);
    expect(token).toMatchObject({ scopes: [scope], site: { slug: 'blog' } });
  });
});

describe('a token that is revoked', () => {
  test('is refused at once, and revoking it again changes nothing', async () => {
    const { domain, holder, clock } = await withTokens();
    await domain.sites.all(holder);
    const [token] = await domain.tokens.list(null, operator);
    if (!token) throw new Error('no token');
    const revoked = await domain.tokens.revoke(token.prefix, operator);
    await expect(domain.sites.all(holder)).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    clock.pass(1_000);
    expect(await domain.tokens.revoke(token.prefix, operator)).toEqual(revoked);
    const log = await domain.administration.audit({ first: 10 }, operator);
    expect(log.map(({ action }) => action)).toEqual(['TOKEN_REVOKED', 'TOKEN_CREATED']);
  });

  test.each(['', 'ffffffffffff', 'x'.repeat(10_000)])('is not %j, which is none', async (prefix) => {
    const { domain } = await withTokens();
    const revoking = domain.tokens.revoke(prefix, operator).catch((error) => error);
    expect(await revoking).toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    expect((await revoking).message.length).toBeLessThan(100);
  });
});

test('the first token administers the instance, and there is one however often it is asked for', async () => {
  const { domain } = await createWorld();
  const text = await domain.tokens.createFirst();
  expect(await domain.tokens.createFirst()).toBeNull();
  const listed = await domain.tokens.list(null, { token: text });
  expect(listed).toMatchObject([{ scopes: ['ADMINISTER_INSTANCE'], site: null, expiresAt: null }]);
  await domain.tokens.revoke(listed[0]?.prefix ?? '', operator);
  expect(await domain.tokens.createFirst()).toMatch(/^oxi_/);
});
