import { css } from 'lit';

/** Rows with a bar behind each name; those that can be chosen are buttons that fill their row. */
export const topStyles = css`
  .bar {
    position: absolute;
    inset: 1px 0;
    z-index: -1;
    inline-size: 100%;
    block-size: calc(100% - 2px);
    fill: var(--bar);
  }
  .bar:dir(rtl) {
    transform: scaleX(-1);
  }
  a {
    color: inherit;
    line-height: 2.125em;
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  a:focus-visible {
    outline-offset: -2px;
  }
  li > button {
    inline-size: 100%;
    min-block-size: 0;
    border: 0;
    font-size: 1em;
    text-align: start;
  }
  li > button:hover {
    background: color-mix(in oklab, currentcolor 6%, transparent);
  }
  li > button[aria-pressed='true'] {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
    font-weight: 650;
  }
  li > button:focus-visible {
    outline-offset: -2px;
    box-shadow: inset 0 0 0 4px color-mix(in oklab, var(--accent) 45%, transparent);
  }
  .share {
    color: var(--quiet);
  }
  /* Names have its room while nobody points at it. It stays there for screen readers. */
  @media (hover: hover) {
    .row:not(:hover, :focus-within, :focus-visible) .share {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  .without {
    color: var(--quiet);
  }
  .further {
    min-block-size: 2.25rem;
    margin-block-start: 0.5rem;
  }
`;
