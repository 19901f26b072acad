import { css } from 'lit';

/**
 * Colours, sizes and what else the panels have in common. `light-dark()` follows the `color-scheme` of the page. Text
 * is that of the page; quiet text, lines and bars are made of its colour, so that they suit any ground, and keep a
 * contrast of 4.5:1 (text) and 3:1 (what tells something) on grounds that the page's own text is readable on.
 */
export const theme = css`
  :host {
    --ink: var(--oxi-ink, currentcolor);
    --quiet: var(--oxi-quiet, color-mix(in oklab, currentcolor 72%, transparent));
    --surface: var(--oxi-surface, transparent);
    --line: var(--oxi-line, color-mix(in oklab, currentcolor 16%, transparent));
    --accent: var(--oxi-accent, light-dark(#0c6656, #74d3bd));
    --bar: var(--oxi-bar, color-mix(in oklab, var(--accent) 20%, transparent));
    --alarm: var(--oxi-alarm, light-dark(#9a3412, #f5b08a));
    --radius: var(--oxi-radius, 0.5rem);
    display: block;
    container-type: inline-size;
    color: var(--ink);
    line-height: 1.45;
    overflow-wrap: break-word;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 3px;
  }
  button {
    min-block-size: 2.25rem;
    padding-inline: 0.8rem;
    border: 1px solid color-mix(in oklab, currentcolor 55%, transparent);
    border-radius: var(--radius);
    background: transparent;
    color: inherit;
    font: inherit;
    font-size: 0.9375em;
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
  }
  [part='label'] {
    margin: 0 0 0.75em;
    font-weight: 650;
  }
  .over {
    display: grid;
  }
  .over > * {
    grid-area: 1 / 1;
  }
  .under {
    visibility: hidden;
  }
  [part='failure'] {
    display: grid;
    place-content: center;
    place-items: center;
    gap: 0.75em;
    color: var(--quiet);
    text-align: center;
  }
  [part='failure'] p {
    margin: 0;
  }
  [part='stale'] {
    margin: 0.5em 0 0;
    color: var(--quiet);
    font-size: 0.875em;
  }
  .late {
    animation: appear 0s 10s both;
  }
  @keyframes appear {
    from {
      max-block-size: 0;
      margin: 0;
      visibility: hidden;
    }
  }
  [aria-busy='true'] > .figures {
    opacity: 0.55;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: no-preference) {
    .figures {
      transition: opacity 0.2s 0.15s;
    }
    .ghost {
      animation: breathe 1.8s ease-in-out infinite;
    }
  }
  .ghost {
    border-radius: var(--radius);
    background: var(--line);
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
`;
