import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, type TemplateResult } from 'lit';
import { describe, expect, it } from 'vitest';
import type { HistoryData } from './history/history-data.ts';
import './oxi-history.ts';

const range = {
  preset: null,
  from: '2026-03-01T00:00:00Z',
  to: '2026-03-04T00:00:00Z',
  firstDay: '2026-03-01',
  lastDay: '2026-03-03',
};
const data: HistoryData = {
  range,
  timeZone: 'UTC',
  interval: 'DAY',
  points: [
    { start: '2026-03-01T00:00:00Z', value: 1000 },
    { start: '2026-03-02T00:00:00Z', value: null },
    { start: '2026-03-03T00:00:00Z', value: 234 },
  ],
  total: 1234,
  comparison: null,
};

/** Without the comments with which Lit finds its places again. */
async function rendered(template: TemplateResult): Promise<string> {
  return (await collectResult(render(template))).replace(/<!--.*?-->/g, '');
}

describe('<oxi-history> rendered on a server', () => {
  it('has its chart, its total and its table, without having asked anybody', async () => {
    const markup = await rendered(html`<oxi-history lang="de" .data=${data}></oxi-history>`);
    expect(markup).toMatch(/<path\s+part="line" class="line" d="M0,[\d.]+Z?M1000,[\d.]+Z?"/);
    expect(markup).toContain('1.234');
    expect(markup).toContain('<th scope="row">So., 1. März 2026</th>');
    expect(markup).not.toContain(' style=');
  });

  it('takes its data from an attribute, and words in another language', async () => {
    const words = { visits: 'Besuche' };
    const markup = await rendered(
      html`<oxi-history lang="en" data=${JSON.stringify(data)} words=${JSON.stringify(words)}></oxi-history>`,
    );
    expect(markup).toMatch(/aria-label="Besuche: 1,234, Mar 1\s?–\s?3, 2026"/);
  });

  it('writes values as their figure needs it', async () => {
    const shares = { ...data, points: [{ start: range.from, value: 0.525 }], total: 0.525 };
    const markup = await rendered(
      html`<oxi-history figure="bounce-rate" lang="en" .data=${shares}></oxi-history>`,
    );
    expect(markup).toContain('52.5%');
    expect(markup).toContain('Bounce rate');
  });

  it('says what became of the figure, in words and with an arrow', async () => {
    const comparison = { range, total: 1000, change: 0.234, points: data.points };
    const markup = await rendered(
      html`<oxi-history lang="en-GB" .data=${{ ...data, comparison }}></oxi-history>`,
    );
    expect(markup).toMatch(/23% more than 1\s?–\s?3 Mar 2026/);
    expect(markup).toContain('class="arrow"');
  });

  it('has room for figures that are still to come', async () => {
    expect(await rendered(html`<oxi-history></oxi-history>`)).toContain('Reading the figures');
  });

  it('says so where nothing was counted', async () => {
    const points = data.points.map(({ start }) => ({ start, value: 0 }));
    const markup = await rendered(html`<oxi-history .data=${{ ...data, points, total: 0 }}></oxi-history>`);
    expect(markup).toContain('Nothing was counted in this time.');
  });
});
