import { LitElementRenderer, type RenderInfo } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import type { OxicountError } from '@oxicount/sdk/slim';
import type { LitElement } from 'lit';
import { clientOf } from './client/page-client.ts';
import { isPassing } from './client/passing.ts';
import { attributesOf, type ElementAttributes, markupOf } from './ssr/markup.ts';
import type { WidgetElement } from './widget/widget-element.ts';
import './widgets.ts';

export type { ElementAttributes } from './ssr/markup.ts';

/** What can be rendered: every element but the dashboard and the administration, which are of no use without scripts. */
export type ElementTag = Extract<keyof HTMLElementTagNameMap, `oxi-${string}`>;

/** What else there is to say of an element. */
export interface RenderOptions {
  /**
   * HTML between the tags: for readers without declarative shadow roots, and where the figures cannot be read. It is put
   * in as it is. Default: nothing.
   */
  readonly content?: string | undefined;
}

type Widget = WidgetElement<object>;

// What Lit would need to go on with these nodes; the elements draw them anew.
const MARKERS = /<!--\/?lit-[^>]*-->/g;

/**
 * Finished HTML of an element: its tag with the given attributes, and a declarative shadow root with its figures, which
 * are read from the instance at `url` unless `data` holds them. Where the element's module is loaded too, it takes over.
 *
 * Where the instance is away it is the tag alone, and a warning says so. Rejects with an error that says
 * what is wrong where `url` is missing, a page is meant and `path` is missing, or the instance refuses.
 *
 * ```js
 * await renderElement('oxi-count', { url: 'https://count.example', site: 'blog', path: '/posts/hello' });
 * ```
 */
export async function renderElement(
  tag: ElementTag,
  attributes: ElementAttributes,
  { content = '' }: RenderOptions = {},
): Promise<string> {
  if (!customElements.get(tag)) throw new TypeError(`There is no element <${tag}>.`);
  const renderer = new LitElementRenderer(tag);
  for (const [name, value] of attributesOf(attributes)) renderer.setAttribute(name, value);
  const element = renderer.element as Widget;
  element.data ??= await read(tag, element);
  if (!element.data) return markupOf({ tag, attributes, content });
  renderer.connectedCallback();
  const shadow = await collectResult(renderer.renderShadow(around(renderer)) ?? []);
  return markupOf({
    tag,
    attributes: { ...attributes, data: element.data },
    content,
    shadow: shadow.replace(MARKERS, '').trim(),
  });
}

/** The source that a strict `style-src` needs for what {@link renderElement} gives: `'sha256-...'`. */
export async function styleHash(tag: ElementTag): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(stylesOf(tag)));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

async function read(tag: ElementTag, element: Widget): Promise<object | undefined> {
  const { url, token } = element;
  if (!url) throw new TypeError(`<${tag}> without url: there is no instance that served it, so name one.`);
  try {
    const reading = readingOf(tag, element);
    const client = clientOf({ instance: element['instance'], token: token ?? undefined });
    return await reading?.read(client, new AbortController().signal);
  } catch (error) {
    // It may be well again when the reader comes.
    if (!isPassing(error as OxicountError)) throw error;
    // biome-ignore lint/suspicious/noConsole: whoever builds the page should know.
    console.warn(`oxicount: <${tag}> is rendered without its figures: ${(error as OxicountError).message}`);
    return undefined;
  }
}

function readingOf(tag: ElementTag, element: Widget) {
  try {
    return element['reading']();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const advice = 'name one, or say scope="site"';
    throw new TypeError(`<${tag}> without path: there is no page that it stands on, so ${advice}.`, {
      cause: error,
    });
  }
}

/** What Lit has to know of what it is within. */
function around(renderer: LitElementRenderer): RenderInfo {
  return {
    elementRenderers: [LitElementRenderer],
    customElementInstanceStack: [renderer],
    customElementHostStack: [renderer],
    eventTargetStack: [],
    slotStack: [],
    deferHydration: false,
  };
}

function stylesOf(tag: ElementTag): string {
  const { elementStyles } = customElements.get(tag) as typeof LitElement;
  return elementStyles.map((style) => (style as { cssText: string }).cssText).join('');
}
