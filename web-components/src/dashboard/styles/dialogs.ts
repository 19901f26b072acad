import { css } from 'lit';

/** Dialogs. */
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
`;
