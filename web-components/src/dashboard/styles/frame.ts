import { css } from 'lit';

/** The bar at the top, the footer and what is between them. The panels within are given the colours of all. */
export const frameStyles = css`
  :host {
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
