import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryData } from '../../web-components/src/history/history-data.ts';
import type { TestService } from '../support/service.ts';
import { dataOf, gate, openHistoryPage, serviceWithHistory } from './support/history-page.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

const soon = { timeout: 10_000 };

describeInChromium('<oxi-history> on a page of another origin', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('shows figures as the API has them, with the time before', async () => {
    const service = await serviceWithHistory();
    const { page, complaints, chart } = await openHistoryPage(
      browser,
      service,
      '<oxi-history range="last-30-days" compare="previous-period"></oxi-history>',
    );
    await chart.waitFor();
    for (const [figure, field] of [
      ['visits', 'visits'],
      ['returning-visitors', 'returningVisitors'],
      ['average-spent-seconds', 'averageSpentSeconds'],
      ['bounce-rate', 'bounceRate'],
    ] as const) {
      await page
        .locator('oxi-history')
        .evaluate((element, name) => element.setAttribute('figure', name), figure);
      const part = `range{preset from to firstDay lastDay}series{start figures{${field}}}totals{${field}}`;
      const stats = await ask(
        service,
        `{stats(range:{preset:LAST_30_DAYS}){${part}comparison(with:PREVIOUS_PERIOD){${part}change{${field}}}}}`,
      );
      const pointsOf = ({ series }: Part) =>
        series.map(({ start, figures }) => ({ start, value: figures[field] }));
      await expect
        .poll(() => dataOf(page), soon)
        .toEqual({
          figure,
          range: stats.range,
          timeZone: 'UTC',
          interval: 'DAY',
          points: pointsOf(stats),
          total: stats.totals[field],
          comparison: {
            range: stats.comparison.range,
            total: stats.comparison.totals[field],
            change: stats.comparison.change[field],
            points: pointsOf(stats.comparison),
          },
        });
    }
    expect(complaints).toEqual([]);
  });

  it("is of a page, a country and a time of one's own, by weeks", async () => {
    const service = await serviceWithHistory();
    const { page, chart } = await openHistoryPage(
      browser,
      service,
      `<oxi-history filter='{"country":"DE"}' path="/" interval="week" range="2020-01-01/"></oxi-history>`,
    );
    await chart.waitFor();
    const stats = await ask(
      service,
      '{stats(range:{from:"2020-01-01"} filter:{country:"DE" page:"/"}){range{lastDay}series(interval:WEEK){start}totals{visits}}}',
    );
    const { interval, total, points } = await dataOf(page);
    expect({ interval, total, points: points.length }).toEqual({
      interval: 'WEEK',
      total: stats.totals['visits'],
      points: stats.series.length,
    });
  });

  it('counts a visit that is made while it is open', async () => {
    const service = await serviceWithHistory();
    const { page, chart, complaints } = await openHistoryPage(
      browser,
      service,
      '<oxi-history live range="today"></oxi-history>',
    );
    await page.getByText('Nothing was counted in this time.').waitFor();
    await expect
      .poll(() => page.locator('oxi-history').evaluate((element) => (element as never)['liveState']), soon)
      .toBe('open');
    await service.visit('/a');
    await expect.poll(() => page.locator('[part=value]').textContent(), soon).toBe('1');
    expect(await page.getByText('Nothing was counted').count()).toBe(0);
    await expect.poll(() => chart.getAttribute('aria-valuetext'), soon).toMatch(/: 1, so far$/);
    expect(complaints).toEqual([]);
  });

  it('shows another figure when it is asked for one, and the old one under its own name until then', async () => {
    const { page, chart } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
      '<oxi-history></oxi-history>',
    );
    await chart.waitFor();
    const answers = gate();
    await answers.prepare(page);
    await page.locator('oxi-history').evaluate((element) => element.setAttribute('figure', 'bounce-rate'));
    await page.locator('section[aria-busy=true]').waitFor();
    expect(await page.locator('[part=total]').textContent()).toMatch(/^[\d,]+ Visits$/);
    answers.open();
    await expect
      .poll(() => page.locator('[part=total]').textContent(), soon)
      .toMatch(/^[\d.]+% Bounce rate$/);
  });

  it('says that it cannot read the figures, and reads them when asked to again', async () => {
    const { page, chart } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
      '<oxi-history></oxi-history>',
      {
        prepare: (page) => page.route('**/graphql*', (route) => route.abort()),
      },
    );
    await page.getByText('The figures cannot be read right now.').waitFor();
    await page.unroute('**/graphql*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await chart.waitFor();
  });
});

interface Part {
  readonly range: HistoryData['range'];
  readonly series: readonly { readonly start: string; readonly figures: Record<string, number | null> }[];
  readonly totals: Record<string, number | null>;
}

interface Stats extends Part {
  readonly comparison: Part & { readonly change: Record<string, number | null> };
}

async function ask(service: TestService, query: string): Promise<Stats> {
  const response = await service.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: { stats: Stats } };
  return data.stats;
}
