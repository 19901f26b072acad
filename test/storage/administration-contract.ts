import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry, AuditNote } from '../../server/domain/audit.ts';
import { startOfDay } from '../../server/domain/day.ts';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import type { Deletion, Storage } from '../../server/domain/ports.ts';
import type { AdministeredSite, Site, SiteDeclaration } from '../../server/domain/site.ts';
import { NO_FIGURES } from '../../server/domain/statistics/figures.ts';
import type { StoredToken } from '../../server/domain/token.ts';
import type { Queries } from '../../server/storage/database.ts';
import { deleteRows } from '../../server/storage/delete-rows.ts';
import { Prisma } from '../../server/storage/generated/sqlite/client.ts';
import { createImportStorage } from '../../server/storage/imports.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { blog, type OpenedDatabase } from './contract.ts';

const DAY = 20_000;
const NOON = startOfDay(DAY, blog.timeZone) + 12 * 3_600_000;

/** What both databases promise to those who administer sites and tokens. */
export function describeAdministration(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`administration on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    /** As another process has it. */
    let another: Storage;
    let made = 0;

    beforeAll(async () => {
      opened = await open();
      storage = createStorage(opened.database, () => {});
      another = createStorage(opened.database, () => {});
    });
    afterAll(async () => {
      await storage.close();
      await opened.remove();
    });

    /** A site that no other test has. */
    function declaration(changes: Partial<SiteDeclaration> = {}): SiteDeclaration {
      made += 1;
      const slug = `site-${made}`;
      return { ...blog, slug, baseUrls: [`https://${slug}.example`], ...changes };
    }
    const noteOf = (action: AuditNote['action'], site: AuditNote['site'] = null): AuditNote => ({
      at: NOON,
      actor: 'ann',
      action,
      site: site && { id: site.id, slug: site.slug },
      token: null,
      changes: {},
    });
    function create(changes: Partial<SiteDeclaration> = {}): Promise<Site> {
      const { site: _site, ...note } = noteOf('SITE_CREATED');
      return storage.administration.createSite(declaration(changes), note);
    }
    async function stored({ id }: { readonly id: number }): Promise<AdministeredSite | undefined> {
      return (await storage.administration.sites()).find((site) => site.id === id);
    }
    const auditOf = ({ id }: { readonly id: number }, limit = 100) =>
      storage.administration.audit({ siteId: id, before: null, limit });
    async function actionsOn(site: { readonly id: number }): Promise<string[]> {
      return (await auditOf(site)).map(({ action }) => action).reverse();
    }
    function tokenOf(changes: Partial<StoredToken> = {}): StoredToken {
      made += 1;
      return {
        prefix: made.toString(16).padStart(12, '0'),
        hash: Uint8Array.from({ length: 32 }, (_, index) => index * 8),
        name: `token ${made}`,
        scopes: ['READ'],
        site: null,
        filter: null,
        range: null,
        createdAt: NOON,
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
        ...changes,
      };
    }

    describe('a token', () => {
      test('is found by its prefix with all that it is', async () => {
        const { id, slug } = await create();
        const token = tokenOf({
          scopes: ['READ', 'SEND'],
          site: { id, slug },
          filter: { page: '/a', country: 'DE' },
          range: { from: '2024-03-01', to: '2024-03-31' },
          expiresAt: NOON + 1,
        });
        await storage.tokens.add(token, noteOf('TOKEN_CREATED', { id, slug }));
        const found = await another.tokens.find(token.prefix);
        expect({ ...found, hash: Uint8Array.from(found?.hash ?? []) }).toEqual(token);
        expect(await storage.tokens.find('ffffffffffff')).toBeNull();
      });

      test('is listed without what proves it, those of one site or all, in the order they were made', async () => {
        const site = await create();
        const own = tokenOf({ site: { id: site.id, slug: site.slug } });
        const later = tokenOf({ site: { id: site.id, slug: site.slug } });
        const general = tokenOf();
        for (const token of [own, general, later]) await storage.tokens.add(token, noteOf('TOKEN_CREATED'));
        const { hash: _hash, ...shown } = own;
        const listed = await storage.tokens.list(site.id);
        expect(listed[0]).toEqual(shown);
        expect(listed.map(({ prefix }) => prefix)).toEqual([own.prefix, later.prefix]);
        const all = (await storage.tokens.list(null)).map(({ prefix }) => prefix);
        expect(all.slice(-3)).toEqual([own.prefix, general.prefix, later.prefix]);
      });

      test('is called by the name that its site has now', async () => {
        const { id, slug } = await create();
        const token = tokenOf({ site: { id, slug } });
        await storage.tokens.add(token, noteOf('TOKEN_CREATED'));
        const renamed = declaration();
        await storage.administration.changeSite({ ...renamed, id }, noteOf('SITE_CHANGED', { id, slug }));
        expect((await storage.tokens.find(token.prefix))?.site).toEqual({ id, slug: renamed.slug });
      });

      test('is revoked once, by whoever comes first', async () => {
        const { id, slug } = await create();
        const token = tokenOf({ site: { id, slug } });
        await storage.tokens.add(token, noteOf('TOKEN_CREATED', { id, slug }));
        const note = noteOf('TOKEN_REVOKED', { id, slug });
        const revoked = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 === 0 ? storage : another).tokens.revoke(token.prefix, { ...note, at: NOON + index }),
          ),
        );
        expect(revoked.filter((one) => one)).toHaveLength(1);
        const at = (await storage.tokens.find(token.prefix))?.revokedAt;
        const [entry, ...before] = await auditOf({ id });
        expect(entry).toMatchObject({ action: 'TOKEN_REVOKED', at });
        expect(before.map(({ action }) => action)).toEqual(['TOKEN_CREATED', 'SITE_CREATED']);
        expect(await storage.tokens.revoke('ffffffffffff', note)).toBe(false);
        expect(await auditOf({ id })).toHaveLength(3);
      });

      test('says when it was used last', async () => {
        const token = tokenOf();
        await storage.tokens.add(token, noteOf('TOKEN_CREATED'));
        await storage.tokens.noteUse(token.prefix, NOON + 5);
        expect((await storage.tokens.find(token.prefix))?.lastUsedAt).toBe(NOON + 5);
        await storage.tokens.noteUse('ffffffffffff', NOON);
      });

      test('for a site that is gone is not made, and nothing is noted', async () => {
        const gone = { id: 2_000_000_000, slug: 'gone' };
        const adding = storage.tokens.add(tokenOf({ site: gone }), noteOf('TOKEN_CREATED', gone));
        await expect(adding).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
        expect(await auditOf(gone)).toEqual([]);
      });
    });

    describe('the first token', () => {
      const first = () => tokenOf({ scopes: ['ADMINISTER_INSTANCE'] });
      const add = (token = first(), at = NOON) =>
        storage.tokens.addFirst(token, { ...noteOf('TOKEN_CREATED'), at });
      beforeEach(async () => {
        for (const { prefix } of await storage.tokens.list(null)) {
          await storage.tokens.revoke(prefix, noteOf('TOKEN_REVOKED'));
        }
      });

      test('is one, however many processes start at once, and noted once', async () => {
        const before = (await storage.administration.audit({ siteId: null, before: null, limit: 1 }))[0];
        const added = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 === 0 ? storage : another).tokens.addFirst(first(), noteOf('TOKEN_CREATED')),
          ),
        );
        expect(added.filter((one) => one)).toHaveLength(1);
        const noted = await storage.administration.audit({ siteId: null, before: null, limit: 10 });
        expect(noted.findIndex(({ id }) => id === before?.id)).toBe(1);
      });

      test('is made again where the one before is good no more', async () => {
        const token = first();
        expect(await add(token)).toBe(true);
        expect(await add()).toBe(false);
        await storage.tokens.revoke(token.prefix, noteOf('TOKEN_REVOKED'));
        expect(await add({ ...first(), expiresAt: NOON + 1_000 })).toBe(true);
        expect(await add(first(), NOON + 999)).toBe(false);
        expect(await add(first(), NOON + 1_000)).toBe(true);
      });

      test('is made though there are tokens that administer less', async () => {
        const { id, slug } = await create();
        await storage.tokens.add(tokenOf({ scopes: ['ADMINISTER_SITE'] }), noteOf('TOKEN_CREATED'));
        const own = tokenOf({ scopes: ['ADMINISTER_SITE'], site: { id, slug } });
        await storage.tokens.add(own, noteOf('TOKEN_CREATED'));
        expect(await add()).toBe(true);
      });
    });

    describe('a site', () => {
      test('is read back as it was made, and noted', async () => {
        const wanted = declaration({
          visibility: 'selected',
          publicPages: ['/', '/blog/*'],
          publicFigures: ['COUNTS', 'VOTES'],
          retentionDays: 30,
          respectDnt: true,
        });
        const { site: _site, ...note } = noteOf('SITE_CREATED');
        const site = await storage.administration.createSite(wanted, note);
        expect(site).toEqual({ ...wanted, id: expect.any(Number) });
        expect(await stored(site)).toEqual({ ...site, declared: false, archivedAt: null, deletedAt: null });
        expect(await storage.sites()).toContainEqual(site);
        expect(await auditOf(site)).toEqual([
          { ...noteOf('SITE_CREATED', site), id: expect.any(Number) },
        ] satisfies AuditEntry[]);
      });

      test('is changed as a whole, and noted', async () => {
        const site = await create();
        const changed = { ...declaration({ name: 'Renamed', minDelaySecs: 3 }), id: site.id };
        const note = { ...noteOf('SITE_CHANGED', site), changes: { name: ['Blog', 'Renamed'] } as const };
        await storage.administration.changeSite(changed, note);
        expect(await stored(site)).toMatchObject(changed);
        expect((await auditOf(site))[0]).toMatchObject({ action: 'SITE_CHANGED', changes: note.changes });
      });

      test('keeps what a change does not say, also where many change it at once', async () => {
        const site = await create();
        const changes = [
          { name: 'Renamed' },
          { minDelaySecs: 3 },
          { baseUrls: [`https://www.${site.slug}.example`] },
        ];
        await Promise.all(
          changes.map((change, index) =>
            (index % 2 === 0 ? storage : another).administration.changeSite(
              { ...change, id: site.id },
              noteOf('SITE_CHANGED', site),
            ),
          ),
        );
        expect(await stored(site)).toMatchObject({ ...site, ...changes[0], ...changes[1], ...changes[2] });
      });

      test('can give its base URLs another order, and take those that another gave up', async () => {
        const site = await create({ baseUrls: ['https://one.example', 'https://two.example'] });
        const other = await create();
        await storage.administration.changeSite(
          { ...site, baseUrls: ['https://two.example'] },
          noteOf('SITE_CHANGED', site),
        );
        const taking = { ...other, baseUrls: ['https://one.example', ...other.baseUrls] };
        await storage.administration.changeSite(taking, noteOf('SITE_CHANGED', other));
        expect((await stored(site))?.baseUrls).toEqual(['https://two.example']);
        expect((await stored(other))?.baseUrls).toEqual(taking.baseUrls);
      });

      test.each([
        'active',
        'archived',
        'being deleted',
      ])('keeps its slug and its base URLs from others while it is %s', async (state) => {
        const owner = await create();
        if (state === 'archived') {
          await storage.administration.archiveSite(owner.id, NOON, noteOf('SITE_ARCHIVED', owner));
        } else if (state === 'being deleted') {
          await storage.administration.beginDeletion(owner.id, noteOf('SITE_DELETION_BEGUN', owner));
        }
        const other = await create();
        const refused = { code: 'CONFLICT', message: expect.stringContaining(owner.slug) };
        const free = declaration();
        const { site: _site, ...note } = noteOf('SITE_CREATED');
        for (const taking of [{ slug: owner.slug }, { baseUrls: [...free.baseUrls, ...owner.baseUrls] }]) {
          const creating = storage.administration.createSite({ ...free, ...taking }, note);
          await expect(creating).rejects.toMatchObject(refused);
          const changing = storage.administration.changeSite(
            { ...other, ...taking },
            noteOf('SITE_CHANGED', other),
          );
          await expect(changing).rejects.toMatchObject(refused);
        }
        // What was refused changed nothing, and is noted nowhere.
        expect(await stored(other)).toMatchObject(other);
        expect(await actionsOn(other)).toEqual(['SITE_CREATED']);
        expect((await storage.administration.sites()).filter(({ slug }) => slug === free.slug)).toEqual([]);
        expect((await stored(owner))?.baseUrls).toEqual(owner.baseUrls);
      });

      test('made by many at once is one', async () => {
        const wanted = declaration();
        const { site: _site, ...note } = noteOf('SITE_CREATED');
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 === 0 ? storage : another).administration.createSite(wanted, note),
          ),
        );
        const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? one.reason.code : []));
        expect(refusals).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
      });

      test('that moves to another zone has its roll-ups made anew, and no other change does that', async () => {
        const site = await create();
        await storage.administration.changeSite({ ...site, name: 'Other' }, noteOf('SITE_CHANGED', site));
        expect(await storage.rollups.due()).not.toContain(site.id);
        const moved = { ...site, timeZone: 'Pacific/Auckland' };
        await storage.administration.changeSite(moved, noteOf('SITE_CHANGED', site));
        expect(await storage.rollups.due()).toContain(site.id);
      });

      test('that is archived is out of sight, and comes back as it was', async () => {
        const site = await create();
        await storage.administration.archiveSite(site.id, NOON, noteOf('SITE_ARCHIVED', site));
        expect((await storage.sites()).map(({ id }) => id)).not.toContain(site.id);
        expect(await stored(site)).toMatchObject({ archivedAt: NOON, baseUrls: site.baseUrls });
        await storage.administration.archiveSite(site.id, null, noteOf('SITE_RESTORED', site));
        expect(await storage.sites()).toContainEqual(site);
        expect(await actionsOn(site)).toEqual(['SITE_CREATED', 'SITE_ARCHIVED', 'SITE_RESTORED']);
      });

      test('that is gone or going cannot come back or be changed, and nothing is noted', async () => {
        const going = await create();
        await storage.administration.beginDeletion(going.id, noteOf('SITE_DELETION_BEGUN', going));
        const gone = { ...going, id: 2_000_000_000 };
        const refused = { code: 'SITE_NOT_FOUND' };
        const { archiveSite, changeSite } = storage.administration;
        for (const site of [going, gone]) {
          await expect(archiveSite(site.id, null, noteOf('SITE_RESTORED', site))).rejects.toMatchObject(
            refused,
          );
        }
        await expect(changeSite(gone, noteOf('SITE_CHANGED', gone))).rejects.toMatchObject(refused);
        expect(await stored(going)).toMatchObject({ archivedAt: NOON, deletedAt: NOON });
        expect(await actionsOn(going)).toEqual(['SITE_CREATED', 'SITE_DELETION_BEGUN']);
        expect(await auditOf(gone)).toEqual([]);
      });

      test('whose note cannot be written is not changed', async () => {
        const site = await create();
        const broken = { ...noteOf('SITE_CHANGED', site), at: Number.NaN };
        await expect(storage.administration.changeSite({ ...site, name: 'Other' }, broken)).rejects.toThrow();
        await expect(storage.administration.archiveSite(site.id, NOON, broken)).rejects.toThrow();
        expect(await stored(site)).toMatchObject({ name: site.name, archivedAt: null });
      });
    });

    describe('the audit log', () => {
      test('is read in parts, newest first, of one site, of any or of all there is', async () => {
        const site = await create();
        for (const name of ['a', 'b', 'c']) {
          await storage.administration.changeSite({ ...site, name }, noteOf('SITE_CHANGED', site));
          await storage.tokens.add(tokenOf(), noteOf('TOKEN_CREATED'));
        }
        const entries = await auditOf(site);
        expect(entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).sort((a, b) => b - a));
        expect(entries).toHaveLength(4);
        const first = await auditOf(site, 3);
        const before = first.at(-1)?.id ?? null;
        const rest = await storage.administration.audit({ siteId: site.id, before, limit: 3 });
        expect([...first, ...rest]).toEqual(entries);
        const newest = { before: null, limit: 4 };
        expect(
          (await storage.administration.audit({ ...newest, siteId: null })).map(({ action }) => action),
        ).toEqual(['TOKEN_CREATED', 'SITE_CHANGED', 'TOKEN_CREATED', 'SITE_CHANGED']);
        expect(await storage.administration.audit({ ...newest, siteId: 'any' })).toEqual(entries);
      });
    });

    describe('what the configuration declares', () => {
      async function declareAll(...declarations: SiteDeclaration[]): Promise<AuditEntry[]> {
        const newest = await storage.administration.audit({ siteId: null, before: null, limit: 1 });
        await storage.declareSites(declarations, NOON);
        const all = await storage.administration.audit({ siteId: null, before: null, limit: 100 });
        return all.filter(({ id }) => id > (newest[0]?.id ?? 0)).reverse();
      }
      const told = (entries: readonly AuditEntry[]) =>
        entries.map(({ actor, action, site, changes }) => ({ actor, action, slug: site?.slug, changes }));
      const actor = 'configuration';

      test('is noted when it changes, and starting again notes nothing', async () => {
        const one = declaration();
        const two = declaration();
        const { slug } = one;
        expect(told(await declareAll(one, two))).toEqual([
          { actor, action: 'SITE_CREATED', slug, changes: {} },
          { actor, action: 'SITE_CREATED', slug: two.slug, changes: {} },
        ]);
        expect(await declareAll(one, two)).toEqual([]);
        const changed = {
          ...one,
          name: 'Other',
          visibility: 'private',
          baseUrls: ['https://moved.example'],
        } as const;
        expect(told(await declareAll(changed, two))).toEqual([
          {
            actor,
            action: 'SITE_CHANGED',
            slug,
            changes: {
              name: [one.name, 'Other'],
              visibility: ['public', 'private'],
              baseUrls: [one.baseUrls, changed.baseUrls],
            },
          },
        ]);
        expect(told(await declareAll(two))).toEqual([{ actor, action: 'SITE_ARCHIVED', slug, changes: {} }]);
        expect(await declareAll(two)).toEqual([]);
        expect(told(await declareAll(changed, two))).toEqual([
          { actor, action: 'SITE_RESTORED', slug, changes: {} },
        ]);
        expect(await declareAll(changed, two)).toEqual([]);
      });

      test('is the own of whoever administers it when it is declared no more', async () => {
        const wanted = declaration();
        await declareAll(wanted);
        const site = (await storage.sites()).find(({ slug }) => slug === wanted.slug);
        if (!site) throw new Error('no site');
        expect(await stored(site)).toMatchObject({ declared: true });
        await declareAll();
        expect(await stored(site)).toMatchObject({
          declared: false,
          archivedAt: NOON,
          baseUrls: wanted.baseUrls,
        });
        await storage.administration.archiveSite(site.id, null, noteOf('SITE_RESTORED', site));
        expect(await declareAll()).toEqual([]);
        expect(await stored(site)).toMatchObject({ declared: false, archivedAt: null });
      });

      test('takes base URLs from other sites, which is noted of these', async () => {
        const own = await create({ baseUrls: ['https://wanted.example', 'https://kept.example'] });
        const taking = declaration({ baseUrls: ['https://wanted.example'] });
        expect(told(await declareAll(taking))).toContainEqual({
          actor,
          action: 'SITE_CHANGED',
          slug: own.slug,
          changes: { baseUrls: [own.baseUrls, ['https://kept.example']] },
        });
        expect((await stored(own))?.baseUrls).toEqual(['https://kept.example']);
        expect(await declareAll(taking)).toEqual([]);
      });

      test('comes back with what is left of it where it was being deleted', async () => {
        const wanted = declaration();
        await declareAll(wanted);
        const site = (await storage.sites()).find(({ slug }) => slug === wanted.slug);
        if (!site) throw new Error('no site');
        await fill(site, 3);
        await storage.administration.beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        const note = noteOf('SITE_DELETED', site);
        const begun = await storage.administration.deleteRows(site.id, 2, note);
        expect(begun).toMatchObject({ rows: 2, complete: false });
        await declareAll(wanted);
        expect(await stored(site)).toMatchObject({ deletedAt: null, archivedAt: null });
        expect(await storage.administration.deleteRows(site.id, 2, note)).toBeNull();
        expect(await storage.rollups.due()).toContain(site.id);
        // A deletion that begins anew counts anew.
        const left = sum(await rowsOf(site)) + 1;
        await storage.administration.beginDeletion(site.id, note);
        expect(await deleteAll(site, 1_000)).toMatchObject({ rows: left });
      });
    });

    let nonces = 0;
    function countOn(page: { readonly siteId: number; readonly id: number }, from: Storage = storage) {
      nonces += 1;
      return from.countVisit({
        siteId: page.siteId,
        pageId: page.id,
        registeredAt: NOON + nonces,
        nonce: nonces,
        kind: 'visit',
        traits: { ...NO_TRAITS, referrer: 'news.example' },
        visitor: { day: DAY, pseudonym: nonces, earlier: [] },
      });
    }
    function voteOn(page: { readonly siteId: number; readonly id: number }, who: number) {
      const pseudonym = { day: DAY, pseudonym: who };
      const voter = { siteId: page.siteId, pageId: page.id, pseudonym, pseudonyms: [pseudonym] };
      return storage.votes.cast({ ...voter, vote: 1, at: NOON });
    }

    /** Gives a site rows in every table that it can have rows in. */
    async function fill(site: Site, pages: number): Promise<void> {
      for (let page = 0; page < pages; page += 1) {
        const added = await storage.addPage(site.id, `/${page}`, NOON);
        await Promise.all(Array.from({ length: 5 }, () => countOn(added)));
        await voteOn(added, page);
        const own = { id: site.id, slug: site.slug };
        await storage.tokens.add(tokenOf({ site: own }), noteOf('TOKEN_CREATED', own));
      }
      await storage.countFiltered({ siteId: site.id, at: NOON, reason: 'crawler' });
      const imports = createImportStorage(opened.database, { clock: () => NOON, dryRun: false });
      const figures = { ...NO_FIGURES, day: DAY - 1, dimension: null, value: '', visits: 1 };
      await imports.addFigures(site, 'another program', [figures]);
    }

    /** How many rows of a site there are, by table: of every table that says what site a row is of. */
    async function rowsOf({ id }: { readonly id: number }): Promise<Map<string, number>> {
      const { client, provider } = opened.database;
      const tables = await client.$queryRawUnsafe<{ name: string }[]>(
        provider === 'sqlite'
          ? `SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND columns.name = 'site_id'`
          : `SELECT table_name AS name FROM information_schema.columns
             WHERE table_schema = current_schema() AND column_name = 'site_id'`,
      );
      const counts = new Map<string, number>();
      for (const { name: table } of tables) {
        // The audit log tells of sites that are gone.
        if (table === 'oxi_audit_entries') continue;
        const [counted] = await client.$queryRawUnsafe<{ found: bigint }[]>(
          `SELECT count(*) AS found FROM ${table} WHERE site_id = ${id}`,
        );
        counts.set(table, Number(counted?.found));
      }
      return counts;
    }
    const sum = (counts: ReadonlyMap<string, number>) =>
      [...counts.values()].reduce((all, one) => all + one, 0);

    async function deleteAll({ id, slug }: Site, limit: number, told: Deletion[] = []): Promise<Deletion> {
      while (true) {
        const deletion = await storage.administration.deleteRows(
          id,
          limit,
          noteOf('SITE_DELETED', { id, slug }),
        );
        if (deletion === null) throw new Error('there is no such site');
        told.push(deletion);
        if (deletion.complete) return deletion;
      }
    }

    describe('a site that is deleted', () => {
      test('loses every row, in batches that say how many, and no other site loses one', async () => {
        const [site, other] = [await create(), await create()];
        for (const one of [site, other]) await fill(one, 4);
        const before = await rowsOf(site);
        // A table that has none here would not show that it was forgotten.
        expect([...before].filter(([, rows]) => rows === 0)).toEqual([]);
        const others = await rowsOf(other);
        expect(
          await storage.administration.deleteRows(site.id, 100, noteOf('SITE_DELETED', site)),
        ).toBeNull();
        await storage.administration.beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        expect(await rowsOf(site)).toEqual(before);

        const told: Deletion[] = [];
        const whole = { rows: sum(before) + 1, visits: 20, complete: true };
        expect(await deleteAll(site, 3, told)).toEqual(whole);
        const steps = told.map(({ rows }, index) => rows - (told[index - 1]?.rows ?? 0));
        expect(Math.max(...steps)).toBe(3);
        expect(Math.min(...steps)).toBeGreaterThan(0);
        expect(told.filter(({ complete }) => complete)).toHaveLength(1);

        expect(sum(await rowsOf(site))).toBe(0);
        expect(await stored(site)).toBeUndefined();
        expect(await rowsOf(other)).toEqual(others);
        expect(await storage.administration.deleteRows(site.id, 3, noteOf('SITE_DELETED', site))).toBeNull();
        const [noted] = await auditOf(site);
        expect(noted).toMatchObject({
          action: 'SITE_DELETED',
          site: { id: site.id, slug: site.slug },
          changes: { rows: [whole.rows, 0], visits: [whole.visits, 0] },
        });
        // What was its own is free again.
        await create({ slug: site.slug, baseUrls: site.baseUrls });
      });

      test('is noted once, though it is deleted again while it is going', async () => {
        const site = await create();
        const { beginDeletion } = storage.administration;
        await beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        await beginDeletion(site.id, { ...noteOf('SITE_DELETION_BEGUN', site), at: NOON + 1 });
        expect(await stored(site)).toMatchObject({ archivedAt: NOON, deletedAt: NOON });
        await deleteAll(site, 10);
        expect(await actionsOn(site)).toEqual(['SITE_CREATED', 'SITE_DELETION_BEGUN', 'SITE_DELETED']);
      });

      test('half-way goes on where another process takes over', async () => {
        const site = await create();
        await fill(site, 3);
        const whole = sum(await rowsOf(site)) + 1;
        await storage.administration.beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        const note = noteOf('SITE_DELETED', site);
        let last: Deletion | null = null;
        for (let batch = 0; batch < 3; batch += 1) {
          last = await storage.administration.deleteRows(site.id, 3, note);
        }
        expect(last).toMatchObject({ complete: false });
        expect(sum(await rowsOf(site))).toBe(whole - 1 - (last?.rows ?? 0));
        while (last?.complete === false) last = await another.administration.deleteRows(site.id, 7, note);
        expect(last).toEqual({ rows: whole, visits: 15, complete: true });
      });

      test('takes what many processes remove at once, and each row counts once', async () => {
        const site = await create();
        await fill(site, 4);
        const whole = sum(await rowsOf(site)) + 1;
        await storage.administration.beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        const run = async (from: Storage) => {
          while (true) {
            const deletion = await from.administration.deleteRows(site.id, 2, noteOf('SITE_DELETED', site));
            if (deletion === null || deletion.complete) return deletion;
          }
        };
        const ends = await Promise.all([run(storage), run(another), run(storage)]);
        expect(ends.filter((one) => one !== null)).toEqual([{ rows: whole, visits: 20, complete: true }]);
      });

      test('goes while readers visit and vote: theirs is counted or not there, and all of the other site is', async () => {
        const [site, other] = [await create(), await create()];
        for (const one of [site, other]) await fill(one, 2);
        const counted = { [site.id]: 10, [other.id]: 10 };
        let isOver = false;
        const readers = [site, site, other].map(async ({ id }, reader) => {
          for (let round = 0; !isOver || round < 20; round += 1) {
            const from = reader % 2 === 0 ? storage : another;
            // A process that has not heard of it looks for new pages, and finds that there is no such site.
            const page = await from.addPage(id, `/${round}`, NOON).catch((error) => {
              if (error.code !== 'SITE_NOT_FOUND') throw error;
              return null;
            });
            if (page === null) return;
            const outcomes = await Promise.all([
              countOn(page, from),
              countOn(page, from),
              voteOn(page, round),
            ]);
            for (const outcome of outcomes) if (outcome === 'counted') counted[id] = (counted[id] ?? 0) + 1;
            await from.countFiltered({ siteId: id, at: NOON, reason: 'crawler' });
          }
        });
        await storage.administration.beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        const deletion = deleteAll(site, 50).finally(() => {
          isOver = true;
        });
        await Promise.all([deletion, storage.destroySalts(DAY - 1), ...readers]);
        expect((await deletion).visits).toBe(counted[site.id]);
        expect(sum(await rowsOf(site))).toBe(0);
        expect(await storage.siteTotals(other.id)).toMatchObject({ visits: counted[other.id] });
        const scope = { siteId: other.id, span: { unit: 'days', from: DAY, to: DAY }, filter: {} } as const;
        expect(await storage.statistics.totals(scope)).toMatchObject({ visits: counted[other.id] });
      }, 60_000);

      test('is found through indexes, batch by batch, however many rows there are', async () => {
        const { database } = opened;
        const site = await create();
        await fill(site, 1);
        await storage.administration.beginDeletion(site.id, noteOf('SITE_DELETION_BEGUN', site));
        const statements: Prisma.Sql[] = [];
        let deletion: Deletion | null = null;
        while (!deletion?.complete) {
          deletion = await database.holding(site.id, (queries) =>
            deleteRows(noting(queries, statements), site.id, 100, noteOf('SITE_DELETED', site)),
          );
        }
        const texts = new Map(statements.map((statement) => [statement.sql, statement]));
        expect(texts.size).toBeGreaterThanOrEqual((await rowsOf(site)).size);
        for (const statement of texts.values()) expect(await wholeReads(statement)).toEqual([]);
      });

      /** Queries that note the statements that they run. */
      function noting(queries: Queries, statements: Prisma.Sql[]): Queries {
        const $executeRaw = (text: TemplateStringsArray, ...values: unknown[]) => {
          const statement = Prisma.sql(text, ...values);
          statements.push(statement);
          return queries.$executeRaw(statement);
        };
        return new Proxy(queries, {
          get: (target, key) => (key === '$executeRaw' ? $executeRaw : Reflect.get(target, key)),
        });
      }

      /** What of a plan reads all rows of a table, or of a site. */
      async function wholeReads(statement: Prisma.Sql): Promise<string[]> {
        const { client, provider } = opened.database;
        if (provider === 'sqlite') {
          const plan = await client.$queryRaw<{ detail: string }[]>`EXPLAIN QUERY PLAN ${statement}`;
          return plan.map(({ detail }) => detail).filter((detail) => /^SCAN oxi_|TEMP B-TREE/.test(detail));
        }
        return client.$transaction(async (queries) => {
          // The few rows of a test are read fastest from one end to the other, those of a real instance are not.
          for (const way of ['seqscan', 'bitmapscan', 'sort', 'incremental_sort']) {
            await queries.$executeRawUnsafe(`SET LOCAL enable_${way} = off`);
          }
          const plan = await queries.$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN ${statement}`;
          return plan.map((row) => row['QUERY PLAN']).filter((line) => /Seq Scan|Sort/.test(line));
        });
      }
    });
  });
}
