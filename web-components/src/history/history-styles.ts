import { css } from 'lit';

/** How an `<oxi-history>` looks, but for its chart. */
export const historyStyles = css`
  :host {
    --height: var(--oxi-history-height, 12rem);
  }
  p {
    margin: 0;
  }
  /* What stands in for the figures is as high as they are. */
  [part='failure'] {
    min-block-size: calc(var(--height) + 7.75em);
  }
  :host([compare]) [part='failure'] {
    min-block-size: calc(var(--height) + 9em);
  }
  .summary {
    margin-block-end: 1em;
  }
  [part='total'] {
    line-height: 1.2;
  }
  [part='value'] {
    font-size: 1.75em;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  [part='figure'],
  [part='range'],
  [part='change'],
  .values,
  .times,
  .when {
    color: var(--quiet);
  }
  [part='range'],
  [part='change'] {
    font-size: 0.875em;
  }
  .room {
    padding-inline: min(20%, 7rem);
  }
  /* Where two dates may not fit beside each other there is room for them below each other. */
  @container (inline-size < 24em) {
    [part='change'] {
      min-block-size: 2lh;
    }
    :host([compare]) [part='failure'] {
      min-block-size: calc(var(--height) + 10.25em);
    }
  }
  .swatch {
    margin-inline-end: 0.5em;
    vertical-align: 0.1em;
  }
  .arrow {
    margin-inline-end: 0.35em;
    fill: currentcolor;
  }
  details {
    margin-block-start: 0.25rem;
    font-size: 0.875em;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 1.75rem;
    line-height: 1.75rem;
    color: var(--quiet);
    cursor: pointer;
  }
  summary:hover {
    color: inherit;
  }
  .switch-room {
    block-size: 1.75rem;
    margin-block-start: 0.25rem;
  }
  [part='table'] {
    max-block-size: 20rem;
    margin-block-start: 0.5em;
    overflow: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0.3em 0.5em;
    border-block-end: 1px solid var(--line);
    font-weight: inherit;
    text-align: end;
  }
  th:first-child {
    text-align: start;
  }
  thead th {
    font-weight: 650;
  }
`;
