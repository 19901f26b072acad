import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import './oxi-votes.ts';
import { textOf } from './widget/text.testing.ts';

const data = JSON.stringify({ up: 1200, down: 1234, score: -34, mine: 'DOWN' });

describe('<oxi-votes> on a server', () => {
  it('is finished where it is given its numbers', async () => {
    const markup = await collectResult(render(html`<oxi-votes lang="en" data=${data}>votes</oxi-votes>`));
    expect(textOf(markup)).toBe('1,200 1,234 votes');
    const names = [...markup.matchAll(/aria-label="([^"]+)"\s+aria-pressed="(\w+)"/g)];
    expect(names.map(([, name, pressed]) => [name, pressed])).toEqual([
      ['Vote up, 1,200', 'false'],
      ['Vote down, 1,234', 'true'],
    ]);
    expect(markup).not.toContain('<slot>');
    expect(markup).not.toContain('style=');
  });

  it('shows the score instead, in the words of the page', async () => {
    const words = JSON.stringify({ up: 'Dafür: {count}', score: 'Saldo' });
    const markup = await collectResult(
      render(html`<oxi-votes lang="de" tally="score" words=${words} data=${data}></oxi-votes>`),
    );
    expect(textOf(markup)).toBe('Saldo -34');
    expect(markup).toContain('aria-label="Dafür: 1.200"');
  });

  it('shows its own content without numbers', async () => {
    const markup = await collectResult(render(html`<oxi-votes>some</oxi-votes>`));
    expect(markup).toContain('<slot></slot>');
    expect(textOf(markup)).toBe('some');
  });
});
