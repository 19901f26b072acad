import { operator } from '../../../server/domain/access.ts';
import { type OpenPages, playEvents } from './events.ts';
import { askChanges, askCounts, askFigures, askLists, askPresent } from './figures.ts';
import type { Stage } from './stage.ts';
import type { Section, Table } from './tables.ts';

/** A table that was played, in the way in which the page writes it. */
export interface PlayedTable {
  readonly table: Table;
  readonly cells: readonly (readonly string[])[];
}

/** What is asked after what happened, by the first column of the table. */
const QUESTIONS: Readonly<Record<string, (table: Table, stage: Stage) => Promise<string[][]>>> = {
  'figures of': askFigures,
  'change of': askChanges,
  list: askLists,
  'count of': askCounts,
  'right now on': askPresent,
};

/** Whether a section tells a history: its first table says what happened. */
export function isHistory({ tables }: Section): boolean {
  return tables[0]?.columns[0] === 'when';
}

/**
 * Plays the tables of a history one after the other: what happens, and what the figures are then. In the end all
 * roll-ups are made anew from the visits, and what was asked last is asked again.
 */
export async function playHistory({ tables }: Section, stage: Stage): Promise<PlayedTable[]> {
  const open: OpenPages = new Map();
  const played: PlayedTable[] = [];
  for (const table of tables) {
    if (table.columns[0] !== 'when') {
      played.push({ table, cells: await ask(table, stage) });
      continue;
    }
    const answers = await playEvents(table, stage, open);
    const cells = table.rows.map((row, index) =>
      table.columns.map((column) => (column === 'answer' ? (answers[index] ?? '') : row(column))),
    );
    const unsaid = answers.filter((answer) => answer !== '' && !table.columns.includes('answer'));
    if (unsaid.length > 0) throw new Error(`The answer ${unsaid.join(', ')} is not told of.`);
    played.push({ table, cells });
  }

  const domain = stage.domain();
  for (const { id } of await domain.sites.all(operator)) await domain.rollups.rebuild(id);
  const last = tables.slice(tables.findLastIndex(({ columns }) => columns[0] === 'when') + 1);
  if (last.length === 0) throw new Error('A history ends with its figures.');
  for (const table of last) played.push({ table, cells: await ask(table, stage) });
  return played;
}

function ask(table: Table, stage: Stage): Promise<string[][]> {
  const question = QUESTIONS[table.columns[0] ?? ''];
  if (!question) throw new Error(`Nobody knows what to ask for ${table.columns[0]}.`);
  return question(table, stage);
}
