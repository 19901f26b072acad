import { css } from 'lit';

/** What is shown before, instead of and beside figures. */
export const noticeStyles = css`
  .loading {
    display: grid;
    gap: 1rem;
    align-content: start;
    /* What is below would be pushed out of view by the figures. */
    min-block-size: 100vh;
    animation: appear 0.3s 0.25s both;
  }
  .tall {
    block-size: 7rem;
  }
  .taller {
    block-size: 22rem;
  }
  .notice {
    display: grid;
    gap: 0.75rem;
    place-content: start;
    place-items: start;
    padding: 1.5rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
    color: var(--ink);
    text-align: start;
  }
  .notice h1 {
    font-size: 1.125rem;
    letter-spacing: 0;
  }
  .notice > * {
    max-inline-size: 100%;
    min-inline-size: 0;
  }
  .empty h2 {
    margin-block-start: 1rem;
  }
  .notice.alarm {
    border-color: var(--alarm);
  }
  .stale {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    padding: 0.6rem 0.6rem 0.6rem 1rem;
    border: 1px solid var(--alarm);
    border-radius: var(--radius);
    background: var(--surface);
    font-size: 0.9375rem;
  }
  .waiting {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    font-size: 1.125rem;
    font-weight: 600;
  }
  .pulse {
    flex: none;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border-radius: 50%;
    background: var(--accent);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .pulse {
      animation: pulse 2s ease-in-out infinite;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.35;
      scale: 0.8;
    }
  }
`;
