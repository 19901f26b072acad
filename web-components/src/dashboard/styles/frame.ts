import { css } from 'lit';

/**
 * Colours, type, the bar at the top and the footer. Text keeps a contrast of at least 4.5:1 on its ground in both
 * schemes. The panels within are given the same colours.
 */
export const frameStyles = css`
  :host {
    --ink: var(--oxi-ink, light-dark(#1c2427, #e7ecea));
    --quiet: var(--oxi-quiet, light-dark(#56636a, #a0b0b3));
    --surface: var(--oxi-surface, light-dark(#ffffff, #1a2225));
    --line: var(--oxi-line, light-dark(#dfe0d9, #2d383c));
    --accent: var(--oxi-accent, light-dark(#0c6656, #74d3bd));
    --bar: var(--oxi-bar, light-dark(#d9ebe5, #1d423b));
    --alarm: var(--oxi-alarm, light-dark(#9a3412, #f5b08a));
    --edge: light-dark(#7a8681, #62726f);
    font-family: system-ui, sans-serif;
    scroll-margin-block-start: 1rem;
  }
  .panels {
    --oxi-ink: var(--ink);
    --oxi-quiet: var(--quiet);
    --oxi-line: var(--line);
    --oxi-accent: var(--accent);
    --oxi-bar: var(--bar);
    --oxi-alarm: var(--alarm);
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  p,
  dl,
  dd,
  ul,
  pre {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  h1 {
    font-size: 1.625rem;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.015em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
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
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
    min-block-size: 2.25rem;
    margin-block-end: 1.75rem;
    font-size: 0.9375rem;
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 1.5rem;
    color: var(--ink);
    font-weight: 650;
    text-decoration: none;
  }
  .brand svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    fill: var(--accent);
  }
  .state {
    display: inline-flex;
    align-items: center;
    /* One state has a longer word than another. */
    min-inline-size: 7.5rem;
    margin-inline-start: auto;
    gap: 0.45rem;
    color: var(--quiet);
  }
  .state[hidden] + button {
    margin-inline-start: auto;
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
  .content,
  .panels {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.5rem 1.5rem;
    margin-block-start: 2.5rem;
    font-size: 0.9375rem;
  }
  footer .quiet {
    margin-inline-start: auto;
  }
  footer a {
    padding-block: 0.25rem;
  }
  .quiet {
    color: var(--quiet);
    font-size: 0.9375rem;
  }
  @container (max-width: 30rem) {
    .state {
      min-inline-size: 0;
      gap: 0;
      font-size: 0;
    }
    .state::before {
      inline-size: 0.625rem;
      block-size: 0.625rem;
    }
    header {
      gap: 0.5rem;
    }
    header .plain {
      padding-inline: 0.35rem;
    }
    .choice {
      flex: 1 1 5rem;
      max-inline-size: 9rem;
      min-inline-size: 0;
    }
    .choice select {
      inline-size: 100%;
    }
  }
  @container (max-width: 40rem) {
    .brand:has(+ .choice) span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    footer .quiet {
      margin-inline-start: 0;
    }
  }
`;
