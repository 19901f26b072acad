import type { Words } from '../widget/panel-element.ts';

export const WORDS: Words = {
  name: 'Votes on this page',
  up: 'Vote up, {count}',
  down: 'Vote down, {count}',
  score: 'Score',
  'needs-visit': 'Votes open once this page has been read for a while.',
  'needs-visitor': 'Your browser asks not to be told apart from others, so your vote cannot be counted.',
  'not-here': 'Votes are taken on the pages of the site only.',
  'too-often': 'That was too often. Please try again in a moment.',
  failed: 'Your vote did not get through. Please try again.',
};

/** What to say of a vote that was refused, by the code of the refusal; `failed` for all others. */
export const WORD_OF: Readonly<Record<string, string>> = {
  VOTE_NEEDS_VISIT: 'needs-visit',
  // Nobody has read it yet, nor has this reader.
  PAGE_NOT_FOUND: 'needs-visit',
  VOTE_NEEDS_VISITOR: 'needs-visitor',
  ORIGIN_NOT_ALLOWED: 'not-here',
  RATE_LIMITED: 'too-often',
};
