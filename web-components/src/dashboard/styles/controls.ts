import { css } from 'lit';

/** The range picker, the chips of filters, and what stands around them. */
export const controlStyles = css`
  .link {
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    text-decoration: underline 1px;
    text-underline-offset: 0.2em;
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }
  .choice select {
    max-inline-size: 12rem;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 0.75rem 2rem;
  }
  .title {
    display: grid;
    gap: 0.15rem;
    min-inline-size: 0;
  }
  .back {
    font-size: 0.9375rem;
  }
  .back a,
  .title .quiet a {
    display: inline-block;
    min-block-size: 1.5rem;
  }
  .arrow:dir(rtl),
  .step svg:dir(rtl) {
    display: inline-block;
    transform: scaleX(-1);
  }
  .time {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .joined {
    display: flex;
  }
  .joined > * + * {
    margin-inline-start: -1px;
  }
  .joined select {
    border-radius: 0;
  }
  .joined > :first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  .joined > :last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .joined button[aria-disabled='true'] {
    border-color: var(--edge);
    color: color-mix(in oklab, var(--quiet) 55%, transparent);
  }
  .joined :is(button, select):is(:hover, :focus-visible) {
    z-index: 1;
    position: relative;
  }
  @container (max-width: 30rem) {
    .time,
    .time > *,
    .time select {
      inline-size: 100%;
    }
    .joined label {
      flex: 1;
    }
  }
  .step {
    padding-inline: 0.6rem;
  }
  .dates {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5rem;
    inline-size: 100%;
  }
  .dates label {
    display: grid;
    gap: 0.15rem;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .chips,
  .chips ul {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    min-inline-size: 0;
    font-size: 0.9375rem;
  }
  .chips {
    gap: 0.5rem 1rem;
  }
  .chips li {
    max-inline-size: 100%;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    max-inline-size: 100%;
    min-block-size: 2rem;
    padding-inline: 0.8rem 0.55rem;
    border-color: var(--accent);
    border-radius: 1rem;
    background: color-mix(in oklab, var(--accent) 9%, var(--surface));
    font-size: 0.875rem;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .chip.fixed {
    padding-inline-end: 0.8rem;
    border: 1px solid var(--line);
    background: none;
  }
  .chip .of {
    color: var(--quiet);
  }
  .chip svg {
    flex: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
`;
