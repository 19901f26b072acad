import type { Say } from '../../dashboard/words.ts';

/** A value of the log, which has it as JSON, as people read it: lists with commas, names of things in words. */
export function changeText(json: string | null, say: Say): string {
  if (json === null) return say('none');
  const value: unknown = JSON.parse(json);
  const values = [value]
    .flat()
    .map((one) => (typeof one === 'boolean' ? say(one ? 'yes' : 'no') : named(one, say)));
  return values.join(', ') || say('none');
}

/** What the schema calls in capitals has words; the log has some of it in lower case. */
function named(value: unknown, say: Say): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const name = text.toUpperCase().replaceAll('-', '_');
  return NAMED.includes(name) ? say(name) : text;
}

const NAMED: readonly string[] = [
  'PUBLIC',
  'SELECTED',
  'PRIVATE',
  'COUNTS',
  'STATS',
  'HISTORY',
  'REAL_TIME',
  'VOTES',
  'READ',
  'SEND',
  'ADMINISTER_SITE',
  'ADMINISTER_INSTANCE',
];
