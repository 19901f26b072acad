import { css } from 'lit';

/** A text to copy, with its button. */
export const snippetStyles = css`
  .snippet {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    inline-size: 100%;
  }
  pre {
    flex: 1 1 20rem;
    min-inline-size: 0;
    padding: 0.5rem 0.75rem;
    border-radius: var(--radius);
    background: light-dark(#f1f1ec, #10161a);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    user-select: all;
  }
  code {
    font-family: ui-monospace, monospace;
    font-size: 0.875rem;
  }
`;
