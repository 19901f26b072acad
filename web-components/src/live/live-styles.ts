import { css } from 'lit';

/** A large number over bars; `compact` is a number in a line of text. */
export const liveStyles = css`
  :host([compact]) {
    display: inline-block;
    min-inline-size: var(--oxi-live-min-size, 2ch);
    container-type: normal;
    line-height: inherit;
    font-variant-numeric: tabular-nums;
  }
  :host([compact][hidden]) {
    display: none;
  }
  /* An empty inline block would sit on its bottom edge and drop when the number comes. */
  :host([compact])::before {
    content: '\\200b';
  }
  .here {
    margin: 0 0 0.5rem;
    line-height: 1.2;
  }
  .here [part='count'] {
    font-size: 2.5em;
    font-weight: 620;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .bars {
    display: flex;
    block-size: 3.5rem;
  }
  .minute {
    flex: 1;
    padding-inline-end: 1px;
  }
  .minute:hover {
    background: var(--line);
  }
  .minute svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-block-end: 2px solid var(--line);
    fill: var(--accent);
  }
  .caption {
    margin: 0.25rem 0 0;
    color: var(--quiet);
    font-size: 0.8125em;
  }
  ol,
  .list .room {
    margin-block-start: 0.5rem;
  }
  .list .row {
    padding-inline: 0;
  }
`;
