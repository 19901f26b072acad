import { describe, expect, test } from 'vitest';
import { formatDay } from '../domain/day.ts';
import { figuresOf, fileWith, leftOutOf, plausibleTables, plausibleZip, recordsOf } from './files.testing.ts';
import { openPlausible } from './plausible.ts';
import { zipOf } from './zip.testing.ts';

const OPTIONS = { ownOrigins: ['https://blog.example'], pathPatterns: ['/posts/:id'] };
const read = async (content: Buffer | string) =>
  recordsOf(await openPlausible(fileWith(content, 'blog_example.zip'), OPTIONS));

/** `browser Chrome: 16 visits, 6 visitors`, of one day. */
async function describeDay(day: string, content = plausibleZip()): Promise<string[]> {
  return figuresOf(await read(content))
    .filter((one) => formatDay(one.day) === day)
    .map((one) => {
      const numbers = [
        `${one.visits} visits`,
        `${one.visitors} visitors`,
        ...(one.secondVisits > 0 ? [`${one.secondVisits} second`] : []),
        ...(one.timedVisits > 0 ? [`${one.timedVisits} timed ${one.spentSeconds} s`] : []),
      ];
      return `${one.dimension ?? 'total'}${one.value === '' ? '' : ` ${one.value}`}: ${numbers.join(', ')}`;
    });
}

test('page views of a day are its visits, with the visitors and the time that Plausible says', async () => {
  expect((await describeDay('2024-03-01')).sort()).toEqual([
    'browser Chrome: 16 visits, 6 visitors, 4 second',
    'browser Edge: 9 visits, 4 visitors, 2 second',
    'campaign newsletter / email / spring, 2024: 6 visits, 2 visitors',
    'country DE: 17 visits, 7 visitors, 4 second',
    'country US: 8 visits, 3 visitors, 2 second',
    'device desktop: 23 visits, 8 visitors, 5 second',
    'device mobile: 2 visits, 2 visitors',
    'entryPage /: 7 visits, 7 visitors',
    'entryPage /hello: 3 visits, 3 visitors',
    'page /: 10 visits, 8 visitors, 8 timed 160 s',
    'page /hello: 15 visits, 11 visitors, 11 timed 600 s',
    'referrer google.com: 10 visits, 5 visitors',
    'system Linux: 9 visits, 4 visitors, 2 second',
    'system macOS: 16 visits, 6 visitors, 4 second',
    'total: 25 visits, 10 visitors, 6 second, 19 timed 760 s',
  ]);
});

test('what it does not say is not made up', async () => {
  expect((await describeDay('2024-03-02')).sort()).toEqual([
    'entryPage /hello: 6 visits, 6 visitors',
    'page /hello: 9 visits, 6 visitors',
    'referrer news.ycombinator.com: 9 visits, 6 visitors',
    'total: 9 visits, 6 visitors, 1 second',
  ]);
});

test('broken lines, and files of what is not counted here, are left out', async () => {
  expect(leftOutOf(await read(plausibleZip())).sort()).toEqual([
    'imported_custom_events_20240301_20240302.csv: the file has nothing that is counted here',
    'imported_exit_pages_20240301_20240302.csv: the file has nothing that is counted here',
    'imported_pages_20240301_20240302.csv line 6: a figure is not a whole number',
    'imported_visitors_20240301_20240302.csv line 4: the line has not as many fields as the header',
  ]);
});

test('paths that are one page are one, and each value is said once a day', async () => {
  const content = zipOf({
    'imported_visitors.csv': 'date,visitors,pageviews,bounces,visits,visit_duration\n2024-03-01,3,6,1,3,0\n',
    'imported_pages.csv': [
      'date,hostname,page,visits,visitors,pageviews',
      ...['2024-03-01,a.example,/posts/1,1,1,1', '2024-03-01,b.example,/posts/2/?x=y,1,1,2'],
      ...['2024-03-02,a.example,/posts/1,1,1,1', '2024-03-01,a.example,/posts/3,1,1,3'],
    ].join('\n'),
  });
  expect(await describeDay('2024-03-01', content)).toEqual([
    'page /posts/:id: 3 visits, 2 visitors',
    'total: 6 visits, 3 visitors, 2 second',
  ]);
  expect(leftOutOf(await read(content))).toEqual([
    'imported_pages.csv line 5: a later day came before it; rows must be in the order of days',
  ]);
});

test('an old export, whose tables do not say page views, has what it says', async () => {
  const content = zipOf({
    'imported_visitors.csv': 'date,visitors,pageviews,bounces,visits,visit_duration\n2024-03-01,3,6,1,3,0\n',
    'imported_browsers.csv':
      'date,browser,visitors,visits,visit_duration,bounces\n2024-03-01,Chrome,3,3,0,1\n',
    'imported_pages.csv':
      'date,hostname,page,visitors,pageviews,exits,time_on_page\n2024-03-01,a,/,3,6,3,90\n',
  });
  expect(await describeDay('2024-03-01', content)).toEqual([
    'page /: 6 visits, 3 visitors',
    'total: 6 visits, 3 visitors, 2 second',
  ]);
  expect(leftOutOf(await read(content))).toEqual([
    'imported_browsers.csv: the file does not say page views, as those of an old Plausible',
  ]);
});

describe('what is no such archive is refused with what was found', () => {
  test.each([
    ['a table alone', 'date,visitors\n', /cannot be read as a zip archive/],
    ['another archive', zipOf({ 'a.csv': '' }), /has no imported_visitors\.csv.* it has a\.csv/],
    ['an empty archive', zipOf({}), /it has no file at all/],
    [
      'tables with other columns',
      zipOf({ ...plausibleTables(), 'imported_visitors.csv': 'day,count\n' }),
      /imported_visitors\.csv has no column date.* begins with "day,count"/,
    ],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
    await expect(read(content)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

test('how far it is can be told', async () => {
  const source = await openPlausible(fileWith(plausibleZip()), OPTIONS);
  await recordsOf(source);
  expect(source.read()).toBe(source.size);
});
