import { css } from 'lit';

/** As many totals in a row as fit, all of one width; those that are buttons show which one is pressed. */
export const totalsStyles = css`
  .totals {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(8.25rem, 45%), 1fr));
    gap: 0.25rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .total {
    display: grid;
    align-content: start;
    gap: 0.15em;
    inline-size: 100%;
    block-size: 100%;
    padding: 0.6rem 0.75rem;
    border: 1px solid transparent;
    border-radius: var(--radius);
    font-size: 1em;
    text-align: start;
  }
  button.total:hover {
    border-color: var(--line);
  }
  button.total[aria-pressed='true'] {
    border-color: var(--accent);
    background: color-mix(in oklab, var(--accent) 9%, transparent);
  }
  .word {
    color: var(--quiet);
    font-size: 0.875em;
  }
  .word .ghost {
    color: transparent;
  }
  .value {
    font-size: 1.75em;
    font-weight: 620;
    line-height: 1.2;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .change {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5em;
    min-block-size: 1.45em;
    color: var(--quiet);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .share {
    font-weight: 600;
  }
  .share[data-good] {
    color: var(--accent);
  }
  .share[data-turned='more']:not([data-good]),
  .share[data-turned='less']:not([data-good]) {
    color: var(--alarm);
  }
`;
