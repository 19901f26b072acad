import { css } from 'lit';

/** Fields of a form with their names, and why one was refused. */
export const fieldStyles = css`
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
`;
