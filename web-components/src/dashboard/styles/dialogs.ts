import { css } from 'lit';

/** Dialogs and what is in them. */
export const dialogStyles = css`
  dialog {
    inline-size: min(30rem, calc(100vw - 2rem));
    max-block-size: min(44rem, calc(100dvh - 2rem));
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
    color: var(--ink);
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.25);
  }
  dialog:is([part~='administer'], [part~='share']) {
    inline-size: min(52rem, calc(100vw - 2rem));
  }
  dialog::backdrop {
    background: rgb(10 20 18 / 0.4);
  }
  .sheet {
    display: grid;
    gap: 0.75rem;
    padding: 1.25rem;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    margin-block-start: -0.4rem;
  }
  .head h2 {
    font-size: 1.125rem;
  }
  .head button {
    margin-inline-end: -0.5rem;
  }
  .sign-in {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
    inline-size: min(26rem, 100%);
  }
  .field {
    display: grid;
    gap: 0.25rem;
    inline-size: 100%;
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .field input {
    inline-size: 100%;
  }
  .field input[aria-invalid='true'] {
    border-color: var(--alarm);
  }
  .refusal {
    color: var(--alarm);
    font-size: 0.9375rem;
  }
  .refusal:empty {
    display: none;
  }
  .check {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 1.5rem;
    font-size: 0.9375rem;
    cursor: pointer;
  }
  .check input {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--accent);
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
