import { dayOf, formatDay } from '../../../server/domain/day.ts';
import { campaignOf } from '../../../server/domain/dimensions/campaign.ts';
import { countryOf } from '../../../server/domain/dimensions/country.ts';
import { languageOf } from '../../../server/domain/dimensions/language.ts';
import { normaliseReferrer } from '../../../server/domain/dimensions/referrer.ts';
import { parseUserAgent } from '../../../server/domain/dimensions/user-agent.ts';
import { type FilterReason, filterReasons } from '../../../server/domain/filter-reason.ts';
import { normalisePath } from '../../../server/domain/path.ts';
import { presets } from '../../../server/domain/statistics/preset.ts';
import { FIGURES } from './figures.ts';
import { showMoment } from './moments.ts';
import { RANGE_AT, rangeRule, SERIES_AT, seriesRule } from './ranges.ts';
import { type Cells, orCode, type Rule } from './rule.ts';
import type { Settings } from './settings.ts';
import { checkColumns, type Table } from './tables.ts';

const NONE = 'none';

const RULES: readonly { readonly columns: readonly string[]; readonly rule: Rule }[] = [
  {
    columns: ['figure', 'what it is', 'where it is –', 'in the API'],
    rule: (row) => ({ 'in the API': FIGURES.get(row('figure')) ?? NONE }),
  },
  {
    columns: ['path', 'page'],
    rule: (row, { site }) =>
      orCode('page', () => ({ page: normalisePath(row('path'), site.pathPatterns).page })),
  },
  {
    columns: ['link from', 'referrer'],
    rule: (row, { site }) => ({ referrer: normaliseReferrer(row('link from'), site.baseUrls) ?? NONE }),
  },
  {
    columns: ['query of the page', 'campaign'],
    rule: (row) => ({ campaign: campaignOf(row('query of the page')) ?? NONE }),
  },
  {
    columns: ['country of the address', 'country'],
    rule: (row) => ({ country: countryOf(row('country of the address')) ?? NONE }),
  },
  {
    columns: ['Accept-Language', 'language'],
    rule: (row) => ({ language: languageOf(row('Accept-Language')) ?? NONE }),
  },
  {
    columns: ['User-Agent', 'browser', 'system', 'device'],
    rule: (row) => {
      const { browser, system, device } = parseUserAgent(row('User-Agent'));
      return { browser: browser ?? NONE, system: system ?? NONE, device: device ?? NONE };
    },
  },
  {
    columns: ['reason', 'why a hit is kept out'],
    rule: (row) => ({ 'why a hit is kept out': filterReasons[row('reason') as FilterReason] ?? NONE }),
  },
  {
    columns: ['moment', 'zone', 'clocks show', 'day'],
    rule: (row) => {
      const at = Date.parse(row('moment'));
      return { 'clocks show': showMoment(at, row('zone')), day: formatDay(dayOf(at, row('zone'))) };
    },
  },
];

/** What the first column of a table has to tell of, where it is a table of all there is. */
export function casesOf({ columns: [first = ''] }: Table): readonly string[] {
  if (first === 'figure') return [...FIGURES.keys()];
  if (first === 'reason') return Object.keys(filterReasons);
  return RANGE_AT.test(first) ? Object.keys(presets) : [];
}

/** The cells of a table of rules as they must be. @throws Error where nobody knows such a table */
export async function applyRules(table: Table, settings: Settings): Promise<string[][]> {
  const rule = ruleOf(table);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const cells: Cells = await rule(row, settings);
    rows.push(table.columns.map((column) => cells[column] ?? row(column)));
  }
  return rows;
}

function ruleOf(table: Table): Rule {
  const [first = ''] = table.columns;
  if (RANGE_AT.test(first)) return rangeRule(table);
  if (SERIES_AT.test(first)) return seriesRule(table);
  const known = RULES.find(({ columns }) => columns[0] === first);
  if (!known) throw new Error(`Nobody knows a table that begins with ${first}.`);
  checkColumns(table, known.columns);
  return known.rule;
}
