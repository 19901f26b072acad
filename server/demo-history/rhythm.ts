import { addMonths, type Day, firstOfWeek, firstOfYear } from '../domain/day.ts';

const DAYS_A_YEAR = 365;
/** How much busier a site gets within a year. */
const GROWTH_A_YEAR = 0.6;
/** From Monday to Sunday; people read at work. */
const WEEKDAYS = [1.06, 1.12, 1.1, 1.06, 0.94, 0.66, 0.72];
const SATURDAY = 5;

/** How busy each hour is, midnight first: a hump in the morning, one in the evening, and hardly anybody at night. */
const WORKDAY = [14, 9, 6, 5, 5, 8, 18, 38, 62, 78, 84, 80, 70, 74, 78, 76, 72, 66, 64, 70, 78, 74, 54, 30];
/** The same hours of a Saturday or a Sunday, when people get up later. */
const WEEKEND = [22, 16, 11, 8, 6, 6, 9, 18, 34, 52, 66, 72, 70, 66, 64, 64, 62, 62, 64, 72, 80, 76, 58, 36];

/** How much is read in each of the 24 hours of a day, compared to other hours of it; the sum is 1. */
export function hoursOf(day: Day): readonly number[] {
  return weekday(day) >= SATURDAY ? WEEKEND_SHARES : WORKDAY_SHARES;
}

/**
 * How busy a day is, compared to other days: by weekday, by season, and by how long the site has been there.
 * @param first when it began
 */
export function busyness(day: Day, first: Day): number {
  const growth = 1 + (GROWTH_A_YEAR * (day - first)) / DAYS_A_YEAR;
  return growth * (WEEKDAYS[weekday(day)] ?? 1) * season(day);
}

/** Summers are quiet, and so are the days from Christmas Eve to New Year. */
function season(day: Day): number {
  const dayOfYear = day - firstOfYear(day);
  const nextYear = addMonths(firstOfYear(day), 12);
  if (nextYear - day <= 8 || dayOfYear === 0) return 0.7;
  return 1 + 0.08 * Math.cos((2 * Math.PI * dayOfYear) / DAYS_A_YEAR);
}

function weekday(day: Day): number {
  return day - firstOfWeek(day);
}

function sharesOf(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

const WORKDAY_SHARES = sharesOf(WORKDAY);
const WEEKEND_SHARES = sharesOf(WEEKEND);
