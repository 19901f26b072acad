import { css } from 'lit';

/** Totals, the list of pages with its bars, the feed, and the table of visits. */
export const figuresStyles = css`
  .totals {
    display: flex;
    flex-wrap: wrap;
    gap: 1rem 3rem;
  }
  .totals > div {
    display: flex;
    flex-direction: column;
  }
  .totals dt {
    color: var(--quiet);
    font-size: 0.9375rem;
  }
  .totals dd {
    font-size: 2.5rem;
    font-weight: 600;
    line-height: 1.15;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .columns {
    display: grid;
    gap: 1.5rem;
    align-items: start;
  }
  @container (min-width: 52rem) {
    .columns {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
  }
  .columns > section {
    padding: 1.25rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
  }
  .columns h2 {
    margin-block-end: 0.75rem;
  }
  .pages {
    display: grid;
    gap: 0.25rem;
    margin-inline: -0.5rem;
  }
  .pages li {
    position: relative;
    display: flex;
    align-items: baseline;
    gap: 1rem;
    padding: 0.3rem 0.5rem;
  }
  .pages a,
  .feed a {
    position: relative;
    min-inline-size: 0;
    color: var(--ink);
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .pages a:hover,
  .feed a:hover {
    text-decoration: underline;
  }
  .bar {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    fill: var(--bar);
  }
  .bar:dir(rtl) {
    transform: scaleX(-1);
  }
  .count {
    position: relative;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .feed {
    display: grid;
    gap: 0.75rem;
  }
  .feed li {
    display: grid;
    justify-items: start;
    padding-inline-start: 0.85rem;
    border-inline-start: 3px solid var(--bar);
  }
  .tally {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.5rem;
  }
  .tally strong {
    font-size: 2.5rem;
    font-weight: 600;
    line-height: 1.15;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .path {
    overflow-wrap: anywhere;
  }
  .back {
    font-size: 0.9375rem;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.9375rem;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding-block-end: 0.5rem;
    text-align: start;
  }
  th,
  td {
    padding: 0.5rem 0.75rem 0.5rem 0;
    border-block-end: 1px solid var(--line);
    text-align: start;
    vertical-align: baseline;
  }
  th {
    font-weight: 600;
  }
  td {
    overflow-wrap: anywhere;
  }
  th.number,
  td.number {
    padding-inline-end: 0;
    text-align: end;
    white-space: nowrap;
  }
  .stretches {
    display: flex;
    gap: 0.5rem;
  }
  @media (prefers-reduced-motion: no-preference) {
    .fresh {
      animation: fresh 1.6s ease-out;
      border-radius: 0.25rem;
    }
    .bar rect {
      transition: width 0.4s ease-out;
    }
    .feed li {
      animation: arrive 0.4s ease-out;
    }
  }
  @keyframes fresh {
    from {
      color: var(--accent);
      background: var(--bar);
      box-shadow: 0 0 0 0.3rem var(--bar);
    }
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 -0.4rem;
    }
  }
`;
