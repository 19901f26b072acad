import { describe, expect, test } from 'vitest';
import { operator, type Reader } from './access.ts';
import type { Deletion } from './ports.ts';
import { MAX_AUDIT } from './site-administration.ts';
import type { SiteInput } from './site-input.ts';
import type { TokenInput } from './tokens.ts';
import { about, blog, createWorld, from, nobody, START, settled, type TestWorld } from './world.testing.ts';

const shop: SiteInput = { slug: 'shop', name: 'Shop', baseUrls: ['https://shop.example'] };
const buyer = from('https://shop.example');

/** A world with a site of the configuration, and one that was made here. */
async function withShop(changes: SiteInput = {}): Promise<TestWorld> {
  const world = await createWorld();
  await world.domain.administration.create({ ...shop, ...changes }, operator);
  return world;
}

async function holderOf({ domain }: TestWorld, input: Partial<TokenInput>): Promise<Reader> {
  const { text } = await domain.tokens.create({ name: 'ann', scopes: ['READ'], ...input }, operator);
  return { token: text };
}

const slugsFor = async ({ domain }: TestWorld) => (await domain.sites.all(nobody)).map(({ slug }) => slug);
const actionsOf = async ({ domain }: TestWorld) =>
  (await domain.administration.audit({ first: 100 }, operator)).map(({ action }) => action).reverse();

describe('a site that is made', () => {
  test('is there at once, and takes from the instance what nothing is said of', async () => {
    const world = await createWorld();
    expect(await slugsFor(world)).toEqual(['blog']);
    const made = await world.domain.administration.create(shop, operator);
    expect(made).toMatchObject({
      ...shop,
      timeZone: blog.timeZone,
      callbackOrigin: 'https://shop.example',
      declared: false,
      archivedAt: null,
      deletedAt: null,
    });
    expect(await slugsFor(world)).toEqual(['blog', 'shop']);
    expect(await world.domain.sites.allowsOrigin('https://shop.example')).toBe(true);
    await world.visit('/a');
  });

  test('is noted with who made it', async () => {
    const world = await createWorld();
    const ann = await holderOf(world, { scopes: ['ADMINISTER_INSTANCE'] });
    const { id } = await world.domain.administration.create(shop, ann);
    const [entry] = await world.domain.administration.audit({ first: 1 }, operator);
    expect(entry).toMatchObject({
      at: START,
      actor: 'ann',
      action: 'SITE_CREATED',
      site: { id, slug: 'shop' },
    });
  });

  test.each<[what: string, code: string, input: SiteInput]>([
    ['a slug that is taken', 'CONFLICT', { ...shop, slug: 'blog' }],
    ['a base URL that is taken', 'CONFLICT', { ...shop, baseUrls: ['https://notes.example'] }],
    ['no base URL', 'INVALID_ARGUMENT', { slug: 'shop' }],
    ['a zone that is none', 'INVALID_ARGUMENT', { ...shop, timeZone: 'x' }],
  ])('with %s is refused, and nothing is noted', async (_what, code, input) => {
    const world = await createWorld();
    await expect(world.domain.administration.create(input, operator)).rejects.toMatchObject({ code });
    expect(await slugsFor(world)).toEqual(['blog']);
    expect(await actionsOf(world)).toEqual([]);
  });
});

describe('a site that is changed', () => {
  test('is another at once, and what changed is noted', async () => {
    const world = await withShop();
    await slugsFor(world);
    const changed = await world.domain.administration.change(
      'shop',
      { slug: 'store', minDelaySecs: 3 },
      operator,
    );
    expect(changed).toMatchObject({ slug: 'store', minDelaySecs: 3, name: 'Shop' });
    expect(await slugsFor(world)).toEqual(['blog', 'store']);
    const [entry] = await world.domain.administration.audit({ first: 1 }, operator);
    expect(entry).toMatchObject({
      actor: 'command line',
      action: 'SITE_CHANGED',
      site: { slug: 'shop' },
      changes: { slug: ['shop', 'store'], minDelaySecs: [blog.minDelaySecs, 3] },
    });
    expect(Object.keys(entry?.changes ?? {})).toHaveLength(2);
  });

  test('to private is shown to nobody from then on', async () => {
    const world = await withShop();
    expect(await world.domain.counts.count(about('shop'), {})).toBe(0);
    await world.domain.administration.change('shop', { visibility: 'private' }, operator);
    await expect(world.domain.counts.count(about('shop'), {})).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
  });

  test('by two at once is what both made of it', async () => {
    const { domain } = await withShop();
    const inputs: SiteInput[] = [{ name: 'Other' }, { minDelaySecs: 3 }, { publicPages: ['/a'] }];
    await Promise.all(inputs.map((input) => domain.administration.change('shop', input, operator)));
    expect(await domain.administration.all(operator)).toContainEqual(
      expect.objectContaining({ slug: 'shop', ...inputs[0], ...inputs[1], ...inputs[2] }),
    );
  });

  test('into what it is already notes nothing', async () => {
    const world = await withShop();
    await world.domain.administration.change('shop', { ...shop, timeZone: null }, operator);
    expect(await actionsOf(world)).toEqual(['SITE_CREATED']);
  });

  test.each<[code: string, input: SiteInput]>([
    ['CONFLICT', { slug: 'blog' }],
    ['CONFLICT', { baseUrls: ['https://shop.example', 'https://blog.example'] }],
    ['INVALID_ARGUMENT', { name: 'Renamed', minDelaySecs: -1 }],
    ['INVALID_ARGUMENT', { name: 'Renamed', baseUrls: [] }],
  ])('is left as it is where that is refused: %s of %j', async (code, input) => {
    const world = await withShop();
    const before = await world.domain.administration.all(operator);
    await expect(world.domain.administration.change('shop', input, operator)).rejects.toMatchObject({ code });
    expect(await world.domain.administration.all(operator)).toEqual(before);
    expect(await actionsOf(world)).toEqual(['SITE_CREATED']);
  });
});

test('what the configuration declares is changed there', async () => {
  const world = await createWorld();
  const { administration } = world.domain;
  for (const work of [
    () => administration.change('blog', { name: 'Other' }, operator),
    () => administration.archive('blog', operator),
    () => administration.remove('blog', operator),
  ]) {
    await expect(work()).rejects.toMatchObject({ code: 'SITE_DECLARED' });
  }
  expect(await slugsFor(world)).toEqual(['blog']);
  expect(await actionsOf(world)).toEqual([]);
});

describe('a site that is archived', () => {
  test('counts nothing and is shown to nobody at once, and comes back with what it had', async () => {
    const world = await withShop();
    const { domain } = world;
    await domain.visits.postSleep({ visitId: await world.read('/a', buyer) }, buyer);
    const reader = await holderOf(world, { site: 'shop' });
    await domain.administration.archive('shop', operator);
    await expect(domain.counts.count(about('shop'), {})).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
    await expect(domain.counts.count({ site: 'shop', reader }, {})).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
    await expect(world.read('/a', buyer)).rejects.toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' });
    await domain.administration.restore('shop', operator);
    expect(await domain.counts.count(about('shop'), {})).toBe(1);
    expect(await domain.counts.count({ site: 'shop', reader }, {})).toBe(1);
  });

  test('is archived and restored once, however often that is said', async () => {
    const world = await withShop();
    const { administration } = world.domain;
    const archived = await administration.archive('shop', operator);
    expect(archived.archivedAt).toBe(START);
    world.clock.pass(1_000);
    expect(await administration.archive('shop', operator)).toEqual(archived);
    const restored = await administration.restore('shop', operator);
    expect(await administration.restore('shop', operator)).toEqual(restored);
    expect(await actionsOf(world)).toEqual(['SITE_CREATED', 'SITE_ARCHIVED', 'SITE_RESTORED']);
  });

  test('keeps its slug and base URLs from others', async () => {
    const world = await withShop();
    await world.domain.administration.archive('shop', operator);
    for (const input of [
      { ...shop, slug: 'other' },
      { ...shop, baseUrls: ['https://other.example'] },
    ]) {
      await expect(world.domain.administration.create(input, operator)).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    }
  });
});

describe('a site that is deleted', () => {
  /** Far more visits than are removed at once. */
  async function withVisits(count: number): Promise<TestWorld> {
    const world = await withShop({ minDelaySecs: 0 });
    await world.domain.visits.postSleep({ visitId: await world.read('/a', buyer) }, buyer);
    const [visit] = world.storage.counted();
    if (!visit) throw new Error('no visit');
    for (let nonce = 1; nonce < count; nonce += 1) await world.storage.countVisit({ ...visit, nonce });
    return world;
  }

  test('says how many rows it had, batch by batch, and can be made anew', async () => {
    const world = await withVisits(4_500);
    const told: Deletion[] = [];
    const options = { told: (deletion: Deletion) => told.push(deletion) };
    const deletion = await world.domain.administration.remove('shop', operator, options);
    expect(deletion).toMatchObject({ visits: 4_500, complete: true });
    expect(told.map(({ visits }) => visits)).toEqual([2_000, 4_000, 4_500, 4_500]);
    expect(told.at(-1)).toEqual(deletion);
    expect(world.storage.counted()).toEqual([]);
    expect(await actionsOf(world)).toEqual(['SITE_CREATED', 'SITE_DELETION_BEGUN', 'SITE_DELETED']);
    await world.domain.administration.create(shop, operator);
    expect(await world.domain.counts.count(about('shop'), {})).toBe(0);
  });

  test('is out of sight at once, and goes on by and by where that takes longer than one waits', async () => {
    const world = await withVisits(4_500);
    const { administration } = world.domain;
    const begun = await administration.remove('shop', operator, { patienceMs: 0 });
    expect(begun).toMatchObject({ visits: 2_000, complete: false });
    expect(await slugsFor(world)).toEqual(['blog']);
    expect(await administration.all(operator)).toMatchObject([
      { slug: 'blog' },
      { slug: 'shop', deletedAt: START },
    ]);
    expect(await administration.remove('shop', operator, { patienceMs: 0 })).toMatchObject({ visits: 4_000 });
    await world.domain.maintenance.run();
    expect((await administration.all(operator)).map(({ slug }) => slug)).toEqual(['blog']);
    const [entry] = await administration.audit({ first: 1 }, operator);
    expect(entry).toMatchObject({
      actor: 'maintenance',
      action: 'SITE_DELETED',
      changes: { visits: [4_500, 0] },
    });
  });

  test('cannot come back', async () => {
    const world = await withVisits(2_500);
    await world.domain.administration.remove('shop', operator, { patienceMs: 0 });
    await expect(world.domain.administration.restore('shop', operator)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await world.domain.administration.remove('shop', operator);
    await expect(world.domain.administration.remove('shop', operator)).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
  });
});

describe('who may do what', () => {
  type Right = 'site' | 'instance';
  /** What changes something, or shows what only those who administer it are told, with what it takes. */
  const methods: readonly [
    name: string,
    takes: Right,
    call: (world: TestWorld, reader: Reader) => Promise<unknown>,
  ][] = [
    [
      'create',
      'instance',
      ({ domain }, reader) =>
        domain.administration.create({ ...shop, slug: 'new', baseUrls: ['https://new.example'] }, reader),
    ],
    [
      'change',
      'site',
      ({ domain }, reader) => domain.administration.change('shop', { name: 'Other' }, reader),
    ],
    ['archive', 'site', ({ domain }, reader) => domain.administration.archive('shop', reader)],
    ['restore', 'site', ({ domain }, reader) => domain.administration.restore('shop', reader)],
    ['remove', 'site', ({ domain }, reader) => domain.administration.remove('shop', reader)],
    [
      'audit',
      'site',
      ({ domain }, reader) => domain.administration.audit({ site: 'shop', first: 1 }, reader),
    ],
    ['list tokens', 'site', ({ domain }, reader) => domain.tokens.list('shop', reader)],
    [
      'create a token of the site',
      'site',
      ({ domain }, reader) => domain.tokens.create({ name: 'x', scopes: ['READ'], site: 'shop' }, reader),
    ],
    [
      'create a token of all sites',
      'instance',
      ({ domain }, reader) => domain.tokens.create({ name: 'x', scopes: ['READ'] }, reader),
    ],
  ];
  const callers: readonly [
    who: string,
    input: Partial<TokenInput> | null,
    has: readonly Right[],
    isToldOfPrivate: boolean,
  ][] = [
    ['nobody', null, [], false],
    ['who reads the site', { site: 'shop' }, [], true],
    ['who reads a part of the site', { site: 'shop', filter: { page: '/a' } }, [], true],
    ['who sends to the site', { site: 'shop', scopes: ['SEND'] }, [], false],
    ['who reads all sites', { scopes: ['READ'] }, [], true],
    ['who sends to all sites', { scopes: ['SEND'] }, [], false],
    ['who administers another site', { site: 'blog', scopes: ['ADMINISTER_SITE'] }, [], false],
    ['who administers the site', { site: 'shop', scopes: ['ADMINISTER_SITE'] }, ['site'], true],
    ['who administers all sites', { scopes: ['ADMINISTER_SITE'] }, ['site'], true],
    ['who administers the instance', { scopes: ['ADMINISTER_INSTANCE'] }, ['site', 'instance'], true],
  ];
  const table = callers.flatMap(([who, input, has, isTold]) =>
    methods.map(([name, takes, call]) => ({
      who,
      name,
      input,
      call,
      takes,
      may: has.includes(takes),
      isTold,
    })),
  );

  test.each(table)('$who: $name', async ({ input, call, takes, may, isTold }) => {
    for (const visibility of ['public', 'private'] as const) {
      const world = await withShop({ visibility });
      const reader = input ? await holderOf(world, input) : nobody;
      const before = [await world.domain.administration.all(operator), await actionsOf(world)];
      if (may) {
        await call(world, reader);
        continue;
      }
      // Nobody without a token is told whether what they would change is there; with one, of what they may know.
      const isHidden = takes === 'site' && visibility === 'private' && input !== null && !isTold;
      await expect(call(world, reader)).rejects.toMatchObject({
        code: isHidden ? 'SITE_NOT_FOUND' : 'FORBIDDEN',
      });
      expect([await world.domain.administration.all(operator), await actionsOf(world)]).toEqual(before);
    }
  });

  test.each(callers)('%s: the list of sites, and the whole log', async (_who, input, has) => {
    const world = await withShop();
    await world.domain.tokens.create({ name: 'of all', scopes: ['READ'] }, operator);
    const reader = input ? await holderOf(world, input) : nobody;
    const listing = world.domain.administration.all(reader);
    const reading = world.domain.administration.audit({ first: 100 }, reader);
    if (!input?.scopes?.some((scope) => scope.startsWith('ADMINISTER'))) {
      await expect(listing).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(reading).rejects.toMatchObject({ code: 'FORBIDDEN' });
      return;
    }
    const own = input.site ? [input.site] : ['blog', 'shop'];
    expect((await listing).map(({ slug }) => slug)).toEqual(own);
    const told = new Set((await reading).map(({ site }) => site?.slug));
    for (const slug of told) expect(has.includes('instance') ? [...own, undefined] : own).toContain(slug);
    expect(told.has(undefined)).toBe(has.includes('instance'));
  });

  test('a wrong token is told so, whatever it was for', async () => {
    const world = await withShop();
    for (const [, , call] of methods) {
      await expect(call(world, { token: 'wrong' })).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    }
  });
});

test('the log is read in parts', async () => {
  const world = await withShop();
  const { administration } = world.domain;
  for (const name of ['a', 'b', 'c']) await administration.change('shop', { name }, operator);
  const first = await administration.audit({ site: 'shop', first: 3 }, operator);
  const rest = await administration.audit({ site: 'shop', first: 3, before: first.at(-1)?.id }, operator);
  expect([...first, ...rest].map(({ changes: { name } }) => name?.[1])).toEqual(['c', 'b', 'a', undefined]);
  for (const size of [0, MAX_AUDIT + 1, 1.5]) {
    const reading = administration.audit({ first: size }, operator);
    await expect(reading).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/^first/),
    });
  }
});

test('another zone has the figures of days made anew, and no other change does that', async () => {
  const { storage, domain } = await withShop();
  await domain.administration.change('shop', { name: 'Other' }, operator);
  await settled();
  expect(storage.calls('leaseJob')).toBe(0);
  await domain.administration.change('shop', { timeZone: 'Pacific/Auckland' }, operator);
  await settled();
  expect(storage.calls('leaseJob')).toBeGreaterThan(0);
});
