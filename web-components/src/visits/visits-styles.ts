import { css } from 'lit';

/** The table of visits and what is below it. */
export const visitsStyles = css`
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }
  caption,
  .none,
  .quiet {
    color: var(--quiet);
  }
  .none {
    margin: 0;
  }
  caption {
    padding-block-end: 0.5em;
    font-size: 0.9375em;
    text-align: start;
  }
  th,
  td {
    padding: 0.5em 0.75em 0.5em 0;
    border-block-end: 1px solid var(--line);
    text-align: start;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }
  th {
    font-size: 0.9375em;
    font-weight: 600;
  }
  th.number,
  td.number {
    padding-inline-end: 0;
    text-align: end;
    white-space: nowrap;
  }
  .stretches {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-block-start: 1rem;
  }
  button[aria-disabled='true'] {
    border-color: var(--line);
    color: var(--quiet);
    cursor: default;
  }
  .row {
    display: grid;
    align-items: center;
    block-size: 2.4em;
  }
  .row .ghost {
    block-size: 1em;
  }
`;
