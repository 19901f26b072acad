import { DomainError } from '../../../server/domain/errors.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { momentOf } from './moments.ts';
import { withSetting } from './settings.ts';
import type { Stage } from './stage.ts';
import { checkColumns, type Table } from './tables.ts';

/** What the pages that are open in the browsers of readers hold, by reader and path. */
export type OpenPages = Map<
  string,
  { readonly visitId: string; readonly query?: string; readonly referrer?: string }
>;

/** What happens, and to what it comes: nothing to speak of, an error's code, or what a report was cut to. */
type Deed = (scene: Scene, ...words: string[]) => Promise<string>;

interface Scene {
  readonly stage: Stage;
  readonly open: OpenPages;
  readonly who: string;
}

const PATH = String.raw`(/[^\s?]*)`;
const ADDRESS = String.raw`${PATH}(\?\S+)?(?: from (\S+))?`;

const DEEDS: readonly (readonly [pattern: string, deed: Deed])[] = [
  [`opens ${ADDRESS}`, opens],
  [`counts ${PATH}`, counts],
  [String.raw`leaves ${PATH} after (\d+) s`, leaves],
  [`loads the pixel of ${ADDRESS}`, loadsThePixel],
  [`votes (up|down) on ${PATH}`, votes],
  [`takes back the vote on ${PATH}`, takesBack],
  [`has no ${PATH}`, hasNo],
  ['sets (\\S+) to (.+)', sets],
  ['tidies up', tidiesUp],
  ['does anything', async () => ''],
];

/** Does what a table of events says, and gives the answers. @throws Error for what nobody can do */
export async function playEvents(table: Table, stage: Stage, open: OpenPages): Promise<string[]> {
  checkColumns(table, ['when', 'who', 'what'], ['answer']);
  let date: string | undefined;
  const answers: string[] = [];
  for (const row of table.rows) {
    const { timeZone } = stage.settings().site;
    const at = momentOf(row('when'), timeZone, date);
    date = /^\d{4}-\d\d-\d\d/.exec(row('when'))?.[0] ?? date;
    if (at < stage.clock.now()) throw new Error(`${row('when')} is over.`);
    stage.clock.pass(at - stage.clock.now());
    answers.push(await play({ stage, open, who: row('who') }, row('what')));
  }
  return answers;
}

async function play(scene: Scene, what: string): Promise<string> {
  for (const [pattern, deed] of DEEDS) {
    const match = new RegExp(`^${pattern}$`).exec(what);
    if (!match) continue;
    try {
      return await deed(scene, ...match.slice(1));
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  }
  throw new Error(`Nobody knows how one ${what}.`);
}

function callerOf({ stage, who }: Scene) {
  return stage.cast.callerOf(who, stage.settings().site.baseUrls[0] ?? '');
}

function pageOf({ open, who }: Scene, path: string) {
  const page = open.get(`${who} ${path}`);
  if (!page) throw new Error(`${who} has not opened ${path}.`);
  return page;
}

async function opens(scene: Scene, path = '', query?: string, referrer?: string): Promise<string> {
  const { visitId } = await scene.stage.domain().visits.register({ path }, callerOf(scene));
  scene.open.set(`${scene.who} ${path}`, {
    visitId,
    ...(query === undefined ? {} : { query }),
    // The tracker sends no more of it.
    ...(referrer === undefined ? {} : { referrer: referrer.split('/', 3).join('/') }),
  });
  return '';
}

async function counts(scene: Scene, path = ''): Promise<string> {
  const { counted } = await scene.stage.domain().visits.postSleep(pageOf(scene, path), callerOf(scene));
  return counted ? '' : 'counted before';
}

async function leaves(scene: Scene, path = '', seconds = ''): Promise<string> {
  const report = { visitId: pageOf(scene, path).visitId, secondsOnPage: Number(seconds) };
  const { spentSeconds } = await scene.stage.domain().visits.pageLeft(report, callerOf(scene));
  return spentSeconds === report.secondsOnPage ? '' : `${spentSeconds} s`;
}

async function loadsThePixel(scene: Scene, path = '', query?: string, referrer?: string): Promise<string> {
  await scene.stage.domain().visits.view({ path, query, referrer }, callerOf(scene));
  return '';
}

async function votes(scene: Scene, vote = '', path = ''): Promise<string> {
  return cast(scene, path, vote === 'up' ? 1 : -1);
}

async function takesBack(scene: Scene, path = ''): Promise<string> {
  return cast(scene, path, null);
}

async function cast(scene: Scene, path: string, vote: Vote | null): Promise<string> {
  await scene.stage.domain().votes.cast({ path, vote }, callerOf(scene));
  return '';
}

async function hasNo({ stage }: Scene, path = ''): Promise<string> {
  stage.site.answer(stage.settings().site.callbackOrigin + path, 'missing');
  return '';
}

async function sets({ stage }: Scene, name = '', value = ''): Promise<string> {
  await stage.restart(withSetting(stage.settings(), name, value));
  return '';
}

async function tidiesUp({ stage }: Scene): Promise<string> {
  await stage.domain().maintenance.run();
  return '';
}
