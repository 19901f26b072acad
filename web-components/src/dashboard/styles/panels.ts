import { css } from 'lit';

/** Cards with panels in them, side by side where there is room. */
export const panelStyles = css`
  .card {
    min-inline-size: 0;
    padding: 1.125rem 1.25rem 1.25rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
  }
  .card[part='totals'] {
    padding: 0.5rem;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  @container (min-width: 46rem) {
    .columns {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .columns.wide {
      grid-template-columns: minmax(0, 7fr) minmax(0, 3fr);
    }
  }
  @container (max-width: 30rem) {
    .card {
      padding: 0.875rem 0.875rem 1rem;
    }
  }
  /* The figure is among the totals. */
  oxi-history::part(total) {
    display: none;
  }
  oxi-top::part(more) {
    min-block-size: 1.75rem;
    padding-inline: 0.6rem;
    border-color: transparent;
    color: var(--accent);
  }
  .panels[data-stale] .card > * {
    opacity: 0.6;
  }
  /* Said once above all of them. */
  .panels[data-stale] ::part(stale) {
    display: none;
  }
`;
