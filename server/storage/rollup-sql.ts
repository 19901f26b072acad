import { DIMENSION_CODES, DIMENSION_COLUMNS, TOTAL } from './dimensions.ts';
import { FLAGS } from './flags.ts';

/** What a roll-up spans. Never to be changed. */
export const PERIOD = { day: 0, month: 1 } as const;

const { page, entryPage, referrer, campaign } = DIMENSION_CODES;

/** 0 or 1: whether a visit has a flag. */
const has = (flag: number) => `((change.flags & ${flag}) / ${flag})`;

const CODES = [TOTAL, ...Object.values(DIMENSION_CODES)];
const KINDS = CODES.map((code) => `SELECT ${code} AS dimension`).join(' UNION ALL ');
const VALUES = Object.entries(DIMENSION_CODES)
  .map(
    ([name, code]) => `WHEN ${code} THEN change.${DIMENSION_COLUMNS[name as keyof typeof DIMENSION_COLUMNS]}`,
  )
  .join(' ');

/** Columns of a roll-up that are its figures. */
export const FIGURE_COLUMNS = [
  'visits',
  'pixel_views',
  'visitors',
  'returning_visitors',
  'second_visits',
  'timed_visits',
  'spent_seconds',
] as const;

/** Whether a visit is the first of its visitor as its dimension has it: on the page, from the referrer, of the day. */
const FIRST = `CASE kind.dimension WHEN ${page} THEN ${has(FLAGS.firstOnPage)}
    WHEN ${referrer} THEN ${has(FLAGS.firstOfReferrer)} WHEN ${campaign} THEN ${has(FLAGS.firstOfCampaign)}
    ELSE ${has(FLAGS.first)} END`;

/**
 * Columns that a relation of changes has: those of a visit that dimensions need, the day and the first day of the
 * month that it belongs to, `counted` (1 for a new visit, 0 for a report of one that was counted before), and by how
 * much its timed visits and its spent seconds rise.
 */
export const CHANGE_COLUMNS = [
  'site_id',
  'day',
  'month',
  ...new Set(Object.values(DIMENSION_COLUMNS)),
  'flags',
  'counted',
  'timed',
  'spent',
] as const;

/**
 * Figures by site, dimension, day and value, of a relation `change` with {@link CHANGE_COLUMNS}. Every figure is a
 * sum over visits of what was decided when they were counted: the same statement counts one by one and recounts.
 * It is SQL of both databases.
 */
export const DAILY = `
  SELECT change.site_id, kind.dimension, change.day, change.month, CASE kind.dimension ${VALUES} ELSE 0 END AS value_id,
    sum(change.counted * (1 - ${has(FLAGS.pixel)})) AS visits,
    sum(change.counted * ${has(FLAGS.pixel)}) AS pixel_views,
    sum(change.counted * ${FIRST}) AS visitors,
    sum(change.counted * ${FIRST} * ${has(FLAGS.returning)}) AS returning_visitors,
    sum(change.counted * ${has(FLAGS.second)}) AS second_visits,
    sum(change.timed) AS timed_visits,
    sum(change.spent) AS spent_seconds
  FROM change CROSS JOIN (${KINDS}) AS kind
  WHERE kind.dimension <> ${entryPage} OR (change.flags & ${FLAGS.first}) <> 0
  GROUP BY change.site_id, kind.dimension, change.day, change.month, value_id`;

const FIGURES = FIGURE_COLUMNS.join(', ');
const SUMS = FIGURE_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', ');

/** Rows of `oxi_rollups` of a relation `daily` that is {@link DAILY}, in the order of the key: days and months. */
export const ROLLUP_ROWS = `
  SELECT site_id, dimension, ${PERIOD.day} AS period, day, value_id, ${FIGURES} FROM daily
  WHERE dimension = ${TOTAL} OR value_id <> 0
  UNION ALL
  SELECT site_id, dimension, ${PERIOD.month} AS period, month AS day, value_id, ${SUMS} FROM daily
  WHERE dimension = ${TOTAL} OR value_id <> 0
  GROUP BY site_id, dimension, month, value_id
  ORDER BY 1, 2, 3, 4, 5`;

/** What a row of {@link ROLLUP_ROWS} goes into. */
export const ROLLUP_COLUMNS = `site_id, dimension, period, day, value_id, ${FIGURES}`;

/** Adds to a roll-up that is there. */
export const ADD_TO_ROLLUP = `ON CONFLICT (site_id, dimension, period, day, value_id) DO UPDATE SET ${FIGURE_COLUMNS.map(
  (column) => `${column} = oxi_rollups.${column} + excluded.${column}`,
).join(', ')}`;
