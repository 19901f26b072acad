import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import './oxi-live.ts';
import { textOf } from './widget/text.testing.ts';

const MINUTES = Array.from({ length: 30 }, (_, index) => ({
  start: new Date(Date.UTC(2024, 4, 1, 10, index)).toISOString(),
  visits: index === 29 ? 2 : 0,
  pixelViews: index === 28 ? 1 : 0,
}));
const present = JSON.stringify({
  at: '2024-05-01T10:29:30Z',
  visitors: 3,
  minutes: MINUTES,
  pages: [{ path: '/caf%C3%A9', visitors: 2 }],
});

describe('<oxi-live> on a server', () => {
  it('is finished where it is given its figures', async () => {
    const markup = await collectResult(
      render(html`<oxi-live lang="en" live pages="5" data=${present}></oxi-live>`),
    );
    expect(markup).toContain('aria-label="3 views in the last 30 minutes, at most 2 in one"');
    expect(markup.match(/title="\d+:\d\d [AP]M: \d views?"/g)).toHaveLength(30);
    expect(textOf(markup)).toBe('3 here now Views in the last 30 minutes /café , 2');
  });

  it('says of when it is where it does not follow', async () => {
    const markup = await collectResult(render(html`<oxi-live lang="en-GB" data=${present}></oxi-live>`));
    expect(textOf(markup)).toMatch(/Views in the 30 minutes to \d\d:\d\d$/);
  });

  it('is only a number in a line of text', async () => {
    const markup = await collectResult(
      render(html`<oxi-live compact data='{"visitors":1234}' lang="en"></oxi-live>`),
    );
    expect(textOf(markup)).toBe('1,234');
  });

  it('shows its own content without a number', async () => {
    const markup = await collectResult(render(html`<oxi-live compact>some</oxi-live>`));
    expect(markup).toContain('<slot></slot>');
    expect(textOf(markup)).toBe('some');
  });
});
