/**
 * Ranges that have a name, with what each is. Days are those of the site's time zone. The present day counts as far as
 * it has gone: a range that includes it ends where the day does, and what has not come has no visits.
 */
export const presets = {
  TODAY: 'The present day.',
  YESTERDAY: 'The day before the present one.',
  LAST_24_HOURS:
    'The 24 hours that end when the clocks of the site show the next full hour: 23 hours that are over, and the ' +
    'present one as far as it has gone. At 14:20:05 that is from 15:00:00 yesterday to 15:00:00 today, and so it is ' +
    'at 14:00:00 and at 14:59:59. Always 86,400 seconds, also where the clocks are set.',
  LAST_7_DAYS: 'The present day and the 6 before it.',
  LAST_30_DAYS: 'The present day and the 29 before it.',
  LAST_365_DAYS: 'The present day and the 364 before it.',
  THIS_WEEK: 'From Monday to the present day.',
  THIS_MONTH: 'From the 1st of the month to the present day.',
  LAST_MONTH: 'All days of the month before the present one.',
  THIS_YEAR: 'From 1 January to the present day.',
  LAST_YEAR: 'All days of the year before the present one.',
  ALL_TIME:
    'From the first day with a visit or a pixel view to the present day, which it is where there is none.',
} as const;

/** One of {@link presets}. */
export type Preset = keyof typeof presets;

/** The range that is meant where none is given. */
export const DEFAULT_PRESET = 'LAST_30_DAYS' satisfies Preset;
