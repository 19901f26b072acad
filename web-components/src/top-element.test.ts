import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import './oxi-top.ts';
import { textOf } from './widget/text.testing.ts';

const pages = {
  values: [
    { value: '/caf%C3%A9', figure: 1200, share: 0.6 },
    { value: '/%3Cb%3E', figure: 300, share: 0.15 },
  ],
  total: 2000,
  more: true,
  baseUrl: 'https://blog.example',
};

describe('<oxi-top> on a server', () => {
  it('is finished where it is given its figures', async () => {
    const markup = await collectResult(
      render(html`<oxi-top lang="en" data=${JSON.stringify(pages)}></oxi-top>`),
    );
    expect(markup).toContain('href="https://blog.example/caf%C3%A9"');
    expect(markup).toContain('<rect width="25.00%"');
    expect(markup).not.toContain('<b>');
    expect(textOf(markup)).toBe('/café , 60% , Visits 1,200 /&lt;b&gt; , 15% , Visits 300');
  });

  it('tells of visits without a value in the words of the page', async () => {
    const devices = {
      values: [{ value: 'mobile', figure: 3, share: 0.75 }],
      total: 4,
      more: false,
      baseUrl: null,
    };
    const words = JSON.stringify({ mobile: 'Handy', without: 'Unbekannt', visits: 'Besuche' });
    const markup = await collectResult(
      render(
        html`<oxi-top lang="de" dimension="device" words=${words} data=${JSON.stringify(devices)}></oxi-top>`,
      ),
    );
    expect(textOf(markup)).toMatch(/^Handy , 75\s% , Besuche 3 Unbekannt , 25\s% , Besuche 1$/);
  });

  it('has buttons where values can be chosen, one of them pressed', async () => {
    const markup = await collectResult(
      render(html`<oxi-top selectable selected="/%3Cb%3E" data=${JSON.stringify(pages)}></oxi-top>`),
    );
    expect(markup.match(/aria-pressed="\w+"/g)).toEqual(['aria-pressed="false"', 'aria-pressed="true"']);
    expect(markup).not.toContain('<a ');
  });

  it('says so where there is nothing yet', async () => {
    const nothing = JSON.stringify({ values: [], total: 0, more: false, baseUrl: null });
    expect(textOf(await collectResult(render(html`<oxi-top data=${nothing}></oxi-top>`)))).toBe(
      'Nothing yet',
    );
  });

  it('keeps its room without figures', async () => {
    const markup = await collectResult(render(html`<oxi-top first="3"></oxi-top>`));
    expect(markup.match(/class="ghost"/g)).toHaveLength(3);
  });
});
