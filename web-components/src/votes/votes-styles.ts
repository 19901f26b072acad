import { css } from 'lit';

/** Two buttons in a line of text, and a message that lies over what is below them. */
export const votesStyles = css`
  :host {
    display: inline-flex;
    position: relative;
    container-type: normal;
    vertical-align: middle;
    font-variant-numeric: tabular-nums;
  }
  .over {
    align-items: center;
  }
  [part='votes'] {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.375em;
    min-inline-size: 2.25rem;
    padding-inline: 0.5rem;
    touch-action: manipulation;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--bar);
  }
  svg {
    inline-size: 1.125em;
    block-size: 1.125em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  [aria-pressed='true'] svg {
    fill: var(--accent);
    stroke: var(--accent);
  }
  .number {
    min-inline-size: calc(var(--oxi-votes-min-size, 2ch) + 1px);
    text-align: center;
  }
  [part='score'] {
    font-weight: 600;
  }
  [role='status'] {
    position: absolute;
    inset-block-start: calc(100% + 0.375rem);
    inset-inline-start: 0;
    z-index: 1;
    inline-size: max-content;
    max-inline-size: min(17rem, 100vw - 1rem);
  }
  [part='notice'] {
    display: block;
    padding: 0.375rem 0.625rem;
    border: 1px solid color-mix(in oklab, CanvasText 55%, transparent);
    border-radius: var(--radius);
    background: Canvas;
    color: CanvasText;
    font-size: 0.875rem;
    text-align: start;
    white-space: normal;
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    [aria-pressed='true'] svg {
      fill: HighlightText;
      stroke: HighlightText;
    }
  }
`;
