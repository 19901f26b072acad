import { operator } from '../../../server/domain/access.ts';
import { readQuestion } from './questions.ts';
import type { Stage } from './stage.ts';
import { checkColumns, type Table } from './tables.ts';

/** The cells of a table of votes as they must be, in the way in which the page writes them. */
export async function askVotes(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['votes on', 'up', 'down', 'score']);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const { up, down } = await stage.domain().votes.tally({ reader: operator }, row('votes on'));
    rows.push([row('votes on'), ...[up, down, up - down].map(String)]);
  }
  return rows;
}

/** Likewise for a table of the pages whose votes changed. */
export async function askEngaging(table: Table, stage: Stage): Promise<string[][]> {
  checkColumns(table, ['most engaging in', 'pages and their changes']);
  const rows: string[][] = [];
  for (const row of table.rows) {
    const { range, filter } = readQuestion(row('most engaging in'));
    const view = await stage.domain().stats.open({ reader: operator, range, filter });
    const pages = (await view.mostEngaging()).map(({ tally, changes }) => `${tally.path} ${changes}`);
    rows.push([row('most engaging in'), pages.join(', ') || 'nothing']);
  }
  return rows;
}
