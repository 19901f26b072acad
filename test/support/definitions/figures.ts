import { operator } from '../../../server/domain/access.ts';
import { type DerivedFigures, deriveFigures } from '../../../server/domain/statistics/derived.ts';
import { NO_FIGURES, type TopOrder } from '../../../server/domain/statistics/figures.ts';
import type { RangeFigures } from '../../../server/domain/statistics/range-figures.ts';
import type { StatsView } from '../../../server/domain/statistics/stats.ts';
import { MAX_TOP } from '../../../server/domain/statistics/top.ts';
import { momentOf } from './moments.ts';
import { inWords, type Question, readList, readQuestion } from './questions.ts';
import type { Stage } from './stage.ts';
import { checkColumns, type Table } from './tables.ts';

/** Figures as the page calls them, by their names in the API. */
export const FIGURES: ReadonlyMap<string, keyof DerivedFigures> = new Map(
  (Object.keys(deriveFigures(NO_FIGURES, true)) as (keyof DerivedFigures)[]).map((name) => [
    inWords(name),
    name,
  ]),
);

const KEPT_OUT = 'kept out';
const SHARES: ReadonlyMap<string, TopOrder> = new Map([
  ['share of visits', 'visits'],
  ['share of visitors', 'visitors'],
]);

/** The cells of a table of figures as they must be, in the way in which the page writes them. */
export async function askFigures(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['figures of'], [...FIGURES.keys(), ...SHARES.keys(), KEPT_OUT]);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const question = readQuestion(row('figures of'));
    const view = await stage.domain().stats.open({ ...question, reader: operator });
    const figures = await figuresOf(view, question, stage);
    const cells = table.columns.slice(1).map(async (column) => {
      const name = FIGURES.get(column);
      if (name !== undefined) return shown(name, figures[name]);
      if (column === KEPT_OUT) return keptOut(view);
      return shareOf(view, question, SHARES.get(column));
    });
    rows.push([row('figures of'), ...(await Promise.all(cells))]);
  }
  return rows;
}

/** Likewise for a table of what has changed since another time. */
export async function askChanges(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['change of', 'compared with'], [...FIGURES.keys()]);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const kind = row('compared with');
    if (kind !== 'PREVIOUS_PERIOD' && kind !== 'YEAR_BEFORE') throw new Error(`${kind} is no comparison.`);
    const view = await stage.domain().stats.open({ ...readQuestion(row('change of')), reader: operator });
    const change = await view.comparison(kind)?.change();
    const cells = table.columns.slice(2).map((column) => {
      const amount = change?.[FIGURES.get(column) as keyof DerivedFigures] ?? null;
      return amount === null ? '–' : `${amount > 0 ? '+' : ''}${percent(amount)}`;
    });
    rows.push([row('change of'), kind, ...cells]);
  }
  return rows;
}

/** Likewise for a table of lists. */
export async function askLists(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['list', 'in this order']);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const parts = row('list').split(' · ');
    const question = readQuestion(parts.slice(0, -1).join(' · '));
    const view = await stage.domain().stats.open({ ...question, reader: operator });
    const { entries } = await view.top({ ...readList(parts.at(-1) ?? ''), first: MAX_TOP });
    rows.push([row('list'), entries.map(({ value }) => value).join(', ') || 'nothing']);
  }
  return rows;
}

/** Likewise for a table of what is here now. */
export async function askPresent(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['right now on', 'visitors here', 'visits of 30 minutes', 'pixel views of 30 minutes']);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const place = row('right now on');
    const { visitors, minutes } = await stage.domain().realTime.present({ reader: operator }, pathOf(place));
    const sum = (name: 'visits' | 'pixelViews') => minutes.reduce((total, minute) => total + minute[name], 0);
    rows.push([place, ...[visitors, sum('visits'), sum('pixelViews')].map(String)]);
  }
  return rows;
}

/** Likewise for a table of what widgets and badges show. */
export async function askCounts(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['count of', 'visits']);
  const { counts } = stage.domain();
  const rows: string[][] = [];
  for (const row of table.rows) {
    const path = pathOf(row('count of'));
    const count =
      path === null
        ? await counts.total({ reader: operator })
        : await counts.count({ reader: operator }, path);
    rows.push([row('count of'), String(count)]);
  }
  return rows;
}

async function figuresOf(view: StatsView, { hour, listed }: Question, stage: Stage): Promise<DerivedFigures> {
  if (listed !== null) return (await entryOf(view, listed, 'visits')).figures;
  if (hour !== null) return figuresOfHour(view, momentOf(hour, stage.settings().site.timeZone));
  return view.totals();
}

async function figuresOfHour(view: Pick<RangeFigures, 'series'>, start: number): Promise<DerivedFigures> {
  const point = (await view.series('HOUR')).find((one) => one.start === start);
  if (!point) throw new Error('No hour begins then.');
  return point.figures;
}

async function entryOf(
  view: StatsView,
  { dimension, value }: NonNullable<Question['listed']>,
  orderBy: TopOrder,
) {
  const { entries } = await view.top({ dimension, orderBy, first: MAX_TOP });
  const entry = entries.find((one) => one.value === value);
  if (!entry) throw new Error(`${value} is not in the list of ${dimension}.`);
  return entry;
}

async function shareOf(view: StatsView, { listed }: Question, orderBy?: TopOrder): Promise<string> {
  if (listed === null || orderBy === undefined) throw new Error('Only what is listed has a share.');
  const share = await (await entryOf(view, listed, orderBy)).share();
  return share === null ? '–' : percent(share);
}

async function keptOut(view: StatsView): Promise<string> {
  const some = (await view.filteredHits()).filter(({ hits }) => hits > 0);
  return some.map(({ reason, hits }) => `${hits} ${reason}`).join(', ') || '0';
}

function shown(name: keyof DerivedFigures, figure: number | null): string {
  if (figure === null) return '–';
  return name === 'bounceRate' ? percent(figure) : String(figure);
}

function percent(share: number): string {
  return `${share * 100} %`;
}

/** Null for the whole site. */
function pathOf(text: string): string | null {
  if (text === 'the site') return null;
  if (!text.startsWith('page ')) throw new Error(`${text} is neither the site nor a page.`);
  return text.slice('page '.length);
}
