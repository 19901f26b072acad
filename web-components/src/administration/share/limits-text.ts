import type { Say } from '../../dashboard/words.ts';
import { valueName } from '../../top/value-name.ts';
import type { Token } from '../administered.ts';

/** What a link is limited to, in the shape in which the service keeps it. */
export type Limits = Pick<Token, 'filter' | 'range'>;

/** As people read it: `Last 7 days · Country Germany`; empty where there are no limits. */
export function limitsText({ filter, range }: Limits, say: Say, language: string | undefined): string {
  const naming = { language, word: (name: string) => say(name) };
  const values = filter.map(({ dimension, value }) => {
    const name = attributeName(dimension);
    return `${wordFor(name, say)} ${valueName(name, value, naming)}`;
  });
  const dates = range?.from && [range.from, range.to].filter(Boolean).join(' – ');
  const time = range?.preset ? wordFor(attributeName(range.preset), say) : dates;
  return [...(time ? [time] : []), ...values].join(' · ');
}

/** The names of presets and dimensions are English words already: `last-7-days` is `Last 7 days`. */
function wordFor(name: string, say: Say): string {
  const word = say(name);
  return word === name ? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ') : word;
}

/** `ENTRY_PAGE`, as the schema has it, or `entryPage` as `entry-page`. */
function attributeName(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}
