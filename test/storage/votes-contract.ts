import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Day, dayOf, startOfDay } from '../../server/domain/day.ts';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import type { Page } from '../../server/domain/page.ts';
import type { Storage } from '../../server/domain/ports.ts';
import type { Site } from '../../server/domain/site.ts';
import type { Pseudonym } from '../../server/domain/visit.ts';
import type { Vote, VotedPage } from '../../server/domain/vote.ts';
import type { Prisma } from '../../server/storage/generated/sqlite/client.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { createVoteStorage } from '../../server/storage/votes.ts';
import { blog, type OpenedDatabase } from './contract.ts';
import { accessesOf, spyOn } from './spied-queries.ts';

const ZONE = 'Europe/Berlin';
const TODAY = 20_000;
/** Days on which a reader is recognised. */
const REMEMBERED = 3;

const noonOf = (day: Day) => startOfDay(day, ZONE) + 12 * 3_600_000;
const called = (who: number, day: Day): Pseudonym => ({ day, pseudonym: day * 100 + who });

type Step =
  | { readonly what: 'vote'; readonly who: number; readonly on: number; readonly vote: Vote | null }
  | { readonly what: 'night' };

/** What a few readers do with a few pages: mostly on one day, sometimes after the night. */
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        what: fc.constant('vote' as const),
        who: fc.integer({ min: 1, max: 3 }),
        on: fc.nat(1),
        vote: fc.constantFrom<(Vote | null)[]>(1, -1, null),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ what: 'night' }) },
  ),
  { minLength: 1, maxLength: 40 },
);

/** What both databases promise of votes. */
export function describeVotes(name: string, open: () => Promise<OpenedDatabase>, runs: number): void {
  describe(`votes on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    let events: VotedPage[] = [];
    let site: Site;
    let page: Page;
    let sites = 0;

    beforeAll(async () => {
      opened = await open();
      storage = createStorage(opened.database, ({ voted }) => events.push(...voted));
    });
    afterAll(async () => {
      await storage.close();
      await opened.remove();
    });
    beforeEach(async () => {
      events = [];
      [site, page] = await newSite();
    });

    async function newSite(): Promise<[Site, Page]> {
      sites += 1;
      const slug = `site-${sites}`;
      const added = await storage.addSite({ ...blog, slug, baseUrls: [`https://${slug}.example`] }, 0);
      return [added, await storage.addPage(added.id, '/a', 0)];
    }

    /** A reader says what they think of a page, on a day. */
    const say = (
      who: number,
      vote: Vote | null,
      { on = page, day = TODAY }: { readonly on?: Page; readonly day?: Day } = {},
    ) =>
      storage.votes.cast({
        siteId: on.siteId,
        pageId: on.id,
        pseudonym: called(who, day),
        pseudonyms: Array.from({ length: REMEMBERED }, (_, ago) => called(who, day - ago)),
        vote,
        at: noonOf(day),
      });
    const tally = (on = page) => storage.votes.tally(on.siteId, on.path);
    const kept = (on = page) => opened.database.client.vote.count({ where: { pageId: on.id } });
    const engaging = (from: Day, to: Day, request: { path?: string; limit?: number } = {}) =>
      storage.statistics.engagingPages({ siteId: site.id, from, to, path: null, limit: 10, ...request });

    test('a page that nobody voted on, and one that is not there, have none', async () => {
      const none = { up: 0, down: 0, changes: 0 };
      expect(await tally()).toEqual(none);
      expect(await storage.votes.tally(site.id, '/never')).toEqual(none);
    });

    test('a vote counts, is changed by its difference, and is taken back', async () => {
      expect(await say(1, 1)).toEqual({ up: 1, down: 0, changes: 1 });
      expect(await say(2, -1)).toEqual({ up: 1, down: 1, changes: 2 });
      expect(await say(1, -1)).toEqual({ up: 0, down: 2, changes: 3 });
      expect(await say(2, null)).toEqual({ up: 0, down: 1, changes: 4 });
      expect(await tally()).toEqual({ up: 0, down: 1, changes: 4 });
      expect(await kept()).toBe(1);
    });

    test('each change is told with the tally that it left, and what changes nothing is not', async () => {
      await say(1, 1);
      await say(1, 1);
      await say(2, null);
      await say(1, -1);
      const told = { siteId: site.id, path: '/a' };
      expect(events).toEqual([
        { ...told, up: 1, down: 0, changes: 1 },
        { ...told, up: 0, down: 1, changes: 2 },
      ]);
    });

    test('a vote of a day before is changed, not doubled, as long as the days are remembered', async () => {
      await say(1, 1);
      expect(await say(1, 1, { day: TODAY + 1 })).toMatchObject({ up: 1, changes: 1 });
      expect(await say(1, -1, { day: TODAY + 2 })).toMatchObject({ up: 0, down: 1 });
      expect(await kept()).toBe(1);
      // By now it stands under the pseudonym of the day on which it was changed.
      expect(await say(1, 1, { day: TODAY + 4 })).toMatchObject({ up: 1, down: 0 });
      expect(await kept()).toBe(1);
    });

    test('a visitor finds their own vote, on the page it is on', async () => {
      const other = await storage.addPage(site.id, '/b', 0);
      await say(1, -1);
      const voter = {
        siteId: site.id,
        pageId: page.id,
        pseudonyms: [called(1, TODAY + 1), called(1, TODAY)],
      };
      expect(await storage.votes.standing(voter)).toBe(-1);
      expect(await storage.votes.standing({ ...voter, pageId: other.id })).toBeNull();
      expect(await storage.votes.standing({ ...voter, pseudonyms: [called(2, TODAY)] })).toBeNull();
      expect(await storage.votes.standing({ ...voter, pseudonyms: [] })).toBeNull();
    });

    test('a vote is found by its key, however many votes its page has', async () => {
      const { database } = opened;
      const statements: Prisma.Sql[] = [];
      const client = spyOn(database.client, statements) as typeof database.client;
      const pseudonyms = [called(1, TODAY), called(1, TODAY - 1)];
      await createVoteStorage({ ...database, client }, () => {}).standing({
        siteId: site.id,
        pageId: page.id,
        pseudonyms,
      });
      const [statement] = statements;
      if (!statement) throw new Error('nothing was asked');
      expect(await accessesOf(database, statement)).toEqual([
        {
          table: 'oxi_votes',
          index: expect.stringMatching(/^(PRIMARY KEY|oxi_votes_pkey)$/),
          columns: ['day', 'page_id', 'site_id', 'visitor'],
        },
      ]);
    });

    test('a page of another site, and one that is not there, take no votes', async () => {
      const [other] = await newSite();
      const elsewhere = { ...page, siteId: other.id };
      expect(await say(1, 1, { on: elsewhere })).toBe('page gone');
      expect(await say(1, 1, { on: { ...page, id: 2_000_000_000 } })).toBe('page gone');
      expect(await tally()).toMatchObject({ up: 0 });
      expect(events).toEqual([]);
    });

    test('a visit is found under the pseudonym that it counted with, on its site', async () => {
      const [other] = await newSite();
      const ann = called(1, TODAY);
      expect(await storage.votes.hasVisit(site.id, [ann])).toBe(false);
      await storage.countVisit({
        siteId: site.id,
        pageId: page.id,
        registeredAt: noonOf(TODAY),
        nonce: 1,
        kind: 'visit',
        traits: NO_TRAITS,
        visitor: { ...ann, earlier: [] },
      });
      expect(await storage.votes.hasVisit(site.id, [called(1, TODAY + 1), ann])).toBe(true);
      expect(await storage.votes.hasVisit(site.id, [called(2, TODAY)])).toBe(false);
      expect(await storage.votes.hasVisit(other.id, [ann])).toBe(false);
    });

    test('votes of one visitor at once are one vote, and those of many are all counted', async () => {
      const again = createStorage(opened.database, () => {});
      const both = (index: number) => (index % 2 === 0 ? storage : again);
      const cast = (who: number, vote: Vote, index: number) =>
        both(index).votes.cast({
          siteId: site.id,
          pageId: page.id,
          pseudonym: called(who, TODAY),
          pseudonyms: [called(who, TODAY), called(who, TODAY - 1)],
          vote,
          at: noonOf(TODAY),
        });
      await Promise.all(Array.from({ length: 12 }, (_, index) => cast(1, index % 3 === 0 ? 1 : -1, index)));
      expect(await kept()).toBe(1);
      const { up, down } = await tally();
      expect(up + down).toBe(1);
      await Promise.all(Array.from({ length: 10 }, (_, index) => cast(10 + index, 1, index)));
      expect(await tally()).toMatchObject({ up: up + 10, down });
      expect(await kept()).toBe(11);
    });

    test('votes and visits of one page at once are all there', async () => {
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          await storage.countVisit({
            siteId: site.id,
            pageId: page.id,
            registeredAt: noonOf(TODAY),
            nonce: index,
            kind: 'visit',
            traits: NO_TRAITS,
            visitor: { ...called(index, TODAY), earlier: [] },
          });
          await say(index, 1);
        }),
      );
      expect(await tally()).toMatchObject({ up: 10 });
      expect(await storage.pageTotals(site.id, page.path)).toMatchObject({ visits: 10 });
    });

    test('whose vote it was goes with the salt of its day, also where no visit is of that day, and the tally stays', async () => {
      await say(1, 1, { day: TODAY - 1 });
      await say(2, -1);
      await storage.destroySalts(TODAY);
      expect(
        await opened.database.client.vote.findMany({ where: { pageId: page.id }, select: { day: true } }),
      ).toEqual([{ day: TODAY }]);
      expect(await tally()).toMatchObject({ up: 1, down: 1 });
    });

    test('a page that is deleted takes its votes along', async () => {
      const { database } = opened;
      await say(1, 1);
      await say(2, 1);
      await database.exclusively((queries) => queries.page.deleteMany({ where: { id: page.id } }));
      expect(await kept()).toBe(0);
      expect(await database.client.voteDay.count({ where: { pageId: page.id } })).toBe(0);
      expect(await engaging(0, 100_000)).toEqual([]);
    });

    test('a site that is deleted takes its votes along', async () => {
      const { database } = opened;
      await say(1, 1);
      await database.exclusively((queries) => queries.site.deleteMany({ where: { id: site.id } }));
      expect(await database.client.vote.count({ where: { siteId: site.id } })).toBe(0);
      expect(await database.client.voteDay.count({ where: { siteId: site.id } })).toBe(0);
    });

    test('the most engaging pages are those whose votes changed most within the days', async () => {
      const b = await storage.addPage(site.id, '/b', 0);
      const c = await storage.addPage(site.id, '/c', 0);
      for (const vote of [1, -1, null] as const) await say(1, vote);
      for (const who of [1, 2]) await say(who, 1, { on: b, day: TODAY + 1 });
      for (const who of [1, 2]) await say(who, -1, { on: c, day: TODAY + 1 });
      await say(3, 1, { on: b, day: TODAY + 2 });
      const [atA, atB, atC] = [
        { path: '/a', up: 0, down: 0 },
        { path: '/b', up: 3, down: 0 },
        { path: '/c', up: 0, down: 2 },
      ];
      expect(await engaging(TODAY, TODAY + 2)).toEqual([
        { ...atA, changes: 3 },
        { ...atB, changes: 3 },
        { ...atC, changes: 2 },
      ]);
      expect(await engaging(TODAY + 1, TODAY + 1)).toEqual([
        { ...atB, changes: 2 },
        { ...atC, changes: 2 },
      ]);
      expect(await engaging(TODAY, TODAY + 2, { limit: 1 })).toEqual([{ ...atA, changes: 3 }]);
      expect(await engaging(TODAY, TODAY + 2, { path: '/c' })).toEqual([{ ...atC, changes: 2 }]);
      expect(await engaging(TODAY + 3, TODAY + 9)).toEqual([]);
    });

    test('a change is of the day that it is on the clocks of the site', async () => {
      const at = startOfDay(TODAY, ZONE) + 60_000;
      expect(dayOf(at, 'UTC')).toBe(TODAY - 1);
      const ann = called(1, TODAY);
      const where = { siteId: site.id, pageId: page.id };
      await storage.votes.cast({ ...where, pseudonym: ann, pseudonyms: [ann], vote: 1, at });
      expect(await engaging(TODAY, TODAY)).toMatchObject([{ path: '/a', changes: 1 }]);
    });

    test('whatever readers do over some days, tallies are those of a plain count, and the days add up', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (taken) => {
          const [{ id: siteId }, first] = await newSite();
          const pages = [first, await storage.addPage(siteId, '/b', 0)];
          let day = TODAY;
          /** By reader and page: the vote that can be told to be theirs, and since when. */
          const votes = new Map<string, { readonly vote: Vote; readonly day: Day }>();
          const plain = pages.map(() => ({ up: 0, down: 0, changes: 0 }));
          const daily = new Map<Day, number>();
          for (const step of taken) {
            if (step.what === 'night') {
              day += 1;
              await storage.destroySalts(day - REMEMBERED + 1);
              for (const [key, vote] of votes) if (vote.day <= day - REMEMBERED) votes.delete(key);
              continue;
            }
            const { who, on, vote } = step;
            const key = `${who} ${on}`;
            const before = votes.get(key)?.vote ?? null;
            const counts = plain[on];
            const target = pages[on];
            if (!counts || !target) throw new Error(`no page ${on}`);
            if (before !== vote) {
              if (before !== null) counts[before > 0 ? 'up' : 'down'] -= 1;
              if (vote !== null) counts[vote > 0 ? 'up' : 'down'] += 1;
              counts.changes += 1;
              daily.set(day, (daily.get(day) ?? 0) + 1);
              if (vote === null) votes.delete(key);
              else votes.set(key, { vote, day });
            }
            expect(await say(who, vote, { on: target, day })).toEqual(counts);
          }
          expect(await Promise.all(pages.map((one) => tally(one)))).toEqual(plain);
          expect((await Promise.all(pages.map((one) => kept(one)))).reduce((sum, n) => sum + n, 0)).toBe(
            votes.size,
          );
          const request = { siteId, path: null, limit: 10 };
          const all = await storage.statistics.engagingPages({ ...request, from: TODAY, to: day });
          const changes = plain.map((counts, index) => ({
            path: pages[index]?.path,
            changes: counts.changes,
          }));
          expect(all.map(({ path, changes: some }) => ({ path, changes: some }))).toEqual(
            changes.filter((one) => one.changes > 0).sort((a, b) => b.changes - a.changes),
          );
          for (let on = TODAY; on <= day; on += 1) {
            const ofDay = await storage.statistics.engagingPages({ ...request, from: on, to: on });
            expect(ofDay.reduce((sum, one) => sum + one.changes, 0)).toBe(daily.get(on) ?? 0);
          }
        }),
        { numRuns: runs },
      );
    }, 120_000);
  });
}
