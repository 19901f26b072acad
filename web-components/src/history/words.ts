import { FIGURES } from './figure.ts';

/** What an `<oxi-history>` says in English. */
export const WORDS = {
  ...(Object.fromEntries(Object.entries(FIGURES).map(([name, figure]) => [name, figure.name])) as Record<
    keyof typeof FIGURES,
    string
  >),
  more: '{change} more than {range}',
  less: '{change} less than {range}',
  same: 'About as much as {range}',
  new: 'Nothing in {range}',
  empty: 'Nothing was counted in this time.',
  'no-value': 'not known',
  unfinished: 'so far',
  keys: 'The arrow keys lead from point to point.',
  table: 'Figures as a table',
  time: 'Time',
  before: 'Before',
  change: 'Change',
};

/** Looks a word up, as the page wants it. */
export type Say = (name: keyof typeof WORDS) => string;
