import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { schema } from '../../../server/graphql/schema.ts';
import { ask } from '../../support/graphql.ts';
import { type Subscription, transports } from '../../support/subscriptions.ts';
import { QUERIES, REACH, type Row, SUBSCRIPTIONS, verdictOf } from './reach.ts';
import { anonymous, bearer, CALLERS, type CallerName, SITES, type SiteName, startWorld } from './world.ts';

/** Queries of no site in particular, or of those who administer; they have tables of their own. */
const OTHER_QUERIES = [
  'administeredSites',
  'auditLog',
  'site',
  'sites',
  'tokens',
  'viewer',
  'webhookDeliveries',
  'webhooks',
];

const nameOf = ({ ask }: Row) => /^\w+/.exec(ask)?.[0] ?? '';
const namesOf = (rows: readonly Row[]) => [...new Set(rows.map(nameOf))].sort();
const fieldsOf = (type: { getFields(): object } | null | undefined) =>
  Object.keys(type?.getFields() ?? {}).sort();

/** What is answered where that is the verdict; a refusal says so with a code. */
function answerOf(row: Row, verdict: string, reach: string): unknown {
  if (verdict !== 'told')
    return expect.objectContaining({ errors: [expect.objectContaining({ extensions: { code: verdict } })] });
  const told = reach === 'link to page' ? (row.toldOfPage ?? row.told) : row.told;
  return { data: { [nameOf(row)]: told } };
}

test('every field that reads is in a table', () => {
  expect(fieldsOf(schema.getQueryType())).toEqual([...namesOf(QUERIES), ...OTHER_QUERIES].sort());
  expect(fieldsOf(schema.getSubscriptionType())).toEqual(namesOf(SUBSCRIPTIONS));
});

test('a query tells each caller what they may read, and nobody of a site that is none to them', {
  timeout: 120_000,
}, async () => {
  const { url, tokens, callbackOrigins } = await startWorld();
  for (const caller of CALLERS) {
    for (const row of QUERIES) {
      const answers = await Promise.all(
        SITES.map((site) => ask(url, `query ($site: ID) { ${row.ask} }`, { site }, bearer(tokens[caller]))),
      );
      for (const secret of callbackOrigins) expect(JSON.stringify(answers)).not.toContain(secret);
      const absent = anonymous(answers[SITES.indexOf('absent')], 'absent');
      for (const [index, site] of SITES.entries()) {
        const reach = REACH[caller][site];
        const where = `${row.ask} of ${site} for ${caller}`;
        expect(answers[index], where).toEqual(answerOf(row, verdictOf(reach, row), reach));
        if (reach === 'none') expect(anonymous(answers[index], site), where).toEqual(absent);
      }
    }
  }
});

test('where no site is named, it is that of the token, or the only one that the caller knows of', {
  timeout: 120_000,
}, async () => {
  const { url, tokens } = await startWorld();
  // Others know of several.
  const own: Partial<Record<CallerName, SiteName>> = {
    READ: 'closed',
    'READ of shut': 'shut',
    ADMINISTER_SITE: 'closed',
    'ADMINISTER_SITE of shut': 'shut',
    'a link to /a': 'closed',
    'a link to today': 'closed',
  };
  for (const caller of CALLERS) {
    const answer = await ask(url, '{ site { id } }', {}, bearer(tokens[caller]));
    const id = own[caller];
    if (id !== undefined) expect(answer, caller).toEqual({ data: { site: { id } } });
    else {
      const code = REACH[caller].open === 'wrong token' ? 'INVALID_TOKEN' : 'SITE_REQUIRED';
      expect(answer, caller).toMatchObject({ errors: [{ extensions: { code } }] });
    }
  }
});

describe.each(transports)('a subscription over $name', ({ subscribe }) => {
  test('tells each caller what a query would, and is refused as it begins', {
    timeout: 120_000,
  }, async () => {
    const { url, tokens, service } = await startWorld();
    for (const caller of CALLERS) {
      const cells = SUBSCRIPTIONS.flatMap((row) => SITES.map((site) => ({ row, site })));
      const opened: Subscription[] = [];
      let over = false;
      const answers = Promise.all(
        cells.map(({ row, site }) => {
          const subscription = subscribe(
            url,
            `subscription ($site: ID) { ${row.ask} }`,
            { site },
            tokens[caller],
          );
          opened.push(subscription);
          return subscription.next();
        }),
      ).finally(() => {
        over = true;
      });
      // Some tell of nothing that was before.
      while (!over) {
        for (const site of ['open', 'closed', 'shut', 'pages', 'figures'])
          await service.visit('/a', { site });
        await pass(20);
      }
      const all = await answers;
      await Promise.all(opened.map((subscription) => subscription.end()));
      const absentOf = (row: Row) =>
        anonymous(all[cells.findIndex((cell) => cell.row === row && cell.site === 'absent')], 'absent');
      for (const [index, { row, site }] of cells.entries()) {
        const reach = REACH[caller][site];
        const where = `${row.ask} of ${site} for ${caller}`;
        expect(all[index], where).toEqual(answerOf(row, verdictOf(reach, row), reach));
        if (reach === 'none') expect(anonymous(all[index], site), where).toEqual(absentOf(row));
      }
    }
  });
});
