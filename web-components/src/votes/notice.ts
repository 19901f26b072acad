import type { ReactiveController, ReactiveElement } from 'lit';
import { intoView } from './into-view.ts';

/** A message beside an element, until the reader presses anything, or Escape. The element draws it. */
export class Notice implements ReactiveController {
  readonly #host: ReactiveElement;
  #code: string | undefined;
  #looking: AbortController | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What the message is about; undefined: there is none. */
  get code(): string | undefined {
    return this.#code;
  }

  appear(code: string): void {
    this.disappear();
    this.#code = code;
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    document.addEventListener('pointerdown', () => this.disappear(), { signal });
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && this.disappear(), { signal });
    this.#host.requestUpdate();
  }

  disappear(): void {
    this.#code = undefined;
    this.#looking?.abort();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.disappear();
  }

  /** Near the edge of a narrow page the message would make it wider, even one that a transform moves back. */
  hostUpdated(): void {
    const box = this.#host.renderRoot.querySelector<HTMLElement>('[role=status]');
    if (!box) return;
    box.style.insetInlineStart = '';
    if (this.#code === undefined) return;
    const shift = intoView(box.getBoundingClientRect(), document.documentElement.clientWidth);
    const isFromRight = getComputedStyle(this.#host).direction === 'rtl';
    box.style.insetInlineStart = `${isFromRight ? -shift : shift}px`;
  }
}
