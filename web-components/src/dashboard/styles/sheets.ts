import { css } from 'lit';

/** What is in the dialogs. */
export const sheetStyles = css`
  .sign-in {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
    inline-size: min(26rem, 100%);
  }
  .keys div {
    display: flex;
    gap: 1rem;
    padding-block: 0.3rem;
    border-block-end: 1px solid var(--line);
    font-size: 0.9375rem;
  }
  .keys dt {
    flex: none;
    inline-size: 2.25rem;
  }
  kbd {
    display: inline-block;
    min-inline-size: 1.625rem;
    padding: 0 0.4rem;
    border: 1px solid var(--edge);
    border-block-end-width: 2px;
    border-radius: 0.3rem;
    font: inherit;
    font-family: ui-monospace, monospace;
    font-size: 0.8125rem;
    text-align: center;
  }
  .downloads li {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding-block: 0.3rem;
    border-block-end: 1px solid var(--line);
    font-size: 0.9375rem;
  }
  .downloads li > :first-child {
    margin-inline-end: auto;
  }
  .downloads button {
    min-block-size: 2rem;
    padding-inline: 0.65rem;
    font-size: 0.8125rem;
  }
`;
