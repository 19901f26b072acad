import { css } from 'lit';

/** Colours and type. Text keeps a contrast of at least 4.5:1 on its ground in both schemes. */
export const groundStyles = css`
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
  .quiet {
    color: var(--quiet);
    font-size: 0.9375rem;
  }
`;
