import { css } from 'lit';

/**
 * Colours, type, the bar at the top and what is common to all parts. Text keeps a contrast of at least 4.5:1 on its
 * ground in both schemes. `light-dark()` follows the `color-scheme` of the page that the dashboard is on.
 */
export const frameStyles = css`
  :host {
    --ink: var(--oxi-ink, light-dark(#1c2427, #e7ecea));
    --quiet: var(--oxi-quiet, light-dark(#56636a, #a0b0b3));
    --surface: var(--oxi-surface, light-dark(#ffffff, #1a2225));
    --line: var(--oxi-line, light-dark(#dfe0d9, #2d383c));
    --accent: var(--oxi-accent, light-dark(#0c6656, #74d3bd));
    --bar: var(--oxi-bar, light-dark(#d9ebe5, #1d423b));
    --alarm: light-dark(#9a3412, #f5b08a);
    display: block;
    container-type: inline-size;
    color: var(--ink);
    font-family: system-ui, sans-serif;
    line-height: 1.5;
    overflow-wrap: break-word;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  * {
    box-sizing: border-box;
  }
  h1,
  h2,
  p,
  dl,
  dd,
  ol,
  pre {
    margin: 0;
    padding: 0;
  }
  ol {
    list-style: none;
  }
  h1 {
    font-size: 1.75rem;
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }
  h2 {
    font-size: 1rem;
    font-weight: 650;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1px;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 3px;
    border-radius: 3px;
  }
  button,
  select {
    min-block-size: 2.25rem;
    padding-inline: 0.8rem;
    border: 1px solid light-dark(#7a8681, #62726f);
    border-radius: 0.5rem;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-size: 0.9375rem;
    cursor: pointer;
  }
  button:hover,
  select:hover {
    border-color: var(--accent);
  }
  button[aria-disabled='true'] {
    border-color: var(--line);
    color: var(--quiet);
    cursor: default;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.25rem;
    min-block-size: 2.25rem;
    margin-block-end: 2rem;
    font-size: 0.9375rem;
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    color: var(--ink);
    font-weight: 650;
    text-decoration: none;
  }
  .brand svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    fill: var(--accent);
  }
  .choice select {
    max-inline-size: 14rem;
  }
  .push {
    margin-inline-start: auto;
  }
  .demo {
    order: 1;
    flex-basis: 100%;
  }
  .state {
    display: inline-flex;
    align-items: center;
    margin-inline-start: auto;
    gap: 0.45rem;
    color: var(--quiet);
  }
  .state::before {
    content: '';
    inline-size: 0.55rem;
    block-size: 0.55rem;
    border: 1.5px solid currentcolor;
    border-radius: 50%;
  }
  .state[data-state='open'] {
    color: var(--accent);
  }
  .state[data-state='open']::before {
    background: currentcolor;
  }
  @container (min-width: 30rem) {
    .demo {
      order: 0;
      flex-basis: auto;
      margin-inline-start: auto;
    }
    .demo + .state {
      margin-inline-start: 0;
    }
  }
  .content {
    display: grid;
    gap: 1.5rem;
  }
  .content > * {
    min-inline-size: 0;
  }
  footer {
    margin-block-start: 3rem;
    font-size: 0.9375rem;
  }
  .quiet,
  caption {
    color: var(--quiet);
    font-size: 0.9375rem;
  }
  @container (max-width: 30rem) {
    /* Next to a choice of sites, the mark alone has to do. */
    .brand:has(+ .choice) span {
      font-size: 0;
    }
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
