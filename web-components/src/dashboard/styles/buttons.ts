import { css } from 'lit';

/** Buttons, choices and fields for text. */
export const buttonStyles = css`
  button,
  select,
  input:not([type='checkbox']) {
    min-block-size: 2.25rem;
    padding-inline: 0.8rem;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-size: 0.9375rem;
  }
  button,
  select {
    cursor: pointer;
  }
  select {
    max-inline-size: 100%;
    padding-inline: 0.6rem;
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
  .plain {
    border-color: transparent;
    background: transparent;
    padding-inline: 0.6rem;
  }
  .plain:hover {
    border-color: var(--line);
  }
  button svg {
    display: block;
    inline-size: 1rem;
    block-size: 1rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .action {
    display: inline-block;
    padding: 0.5rem 1rem;
    border-color: transparent;
    border-radius: var(--radius);
    background: var(--accent);
    color: light-dark(#ffffff, #10201c);
    font-weight: 600;
    text-decoration: none;
  }
  a.action:hover {
    text-decoration: underline;
  }
`;
