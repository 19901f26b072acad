import { css, unsafeCSS } from 'lit';
import { WIDTHS } from './label-widths.ts';

/** Of the labels for all widths, those for the present one are shown. */
const widths = WIDTHS.map(({ name, from }, index) => {
  const next = WIDTHS[index + 1];
  const until = next ? ` and (inline-size < ${next.from}em)` : '';
  return `@container (inline-size >= ${from}em)${until} { .times .${name} { display: block; } }`;
}).join('\n');

/** How the chart of an `<oxi-history>` looks. */
export const chartStyles = css`
  [part='chart'] {
    display: grid;
    grid-template: 'values plot' var(--height) '. times' auto / auto minmax(0, 1fr);
    position: relative;
  }
  .values {
    grid-area: values;
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    min-inline-size: 3em;
    padding-inline-end: 0.75em;
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  /* Without a height of their own, their middles are where the lines are. */
  .values span {
    block-size: 0;
    line-height: 0;
  }
  [part='plot'] {
    grid-area: plot;
    cursor: crosshair;
    /* A finger that moves sideways reads the chart, and one that moves up or down scrolls the page. */
    touch-action: pan-y;
  }
  .drawing {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
  }
  .drawing path,
  .swatch path {
    fill: none;
    stroke-linecap: round;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .drawing path[part='area'] {
    fill: var(--accent);
    fill-opacity: 0.12;
  }
  .line {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .unfinished {
    stroke-dasharray: 5 5;
  }
  .before {
    stroke: var(--quiet);
    stroke-width: 1.5;
    stroke-dasharray: 1.5 4;
  }
  .grid,
  .zero {
    stroke: var(--line);
  }
  .zero {
    stroke: color-mix(in oklab, currentcolor 40%, transparent);
  }
  [part='rule'] {
    stroke: var(--quiet);
  }
  .lone {
    fill: var(--accent);
  }
  [part='dot'],
  [part='comparison-dot'] {
    fill: var(--accent);
    stroke: Canvas;
    stroke-width: 2;
  }
  [part='comparison-dot'] {
    fill: var(--quiet);
  }
  .times {
    grid-area: times;
    block-size: 1.75em;
    padding-block-start: 0.25em;
    font-size: 0.75em;
  }
  .times text {
    fill: currentcolor;
  }
  .times .drawing {
    display: none;
    direction: ltr;
  }
  ${unsafeCSS(widths)}
  /* Written from right to left, time goes that way too. The labels are turned back around their own middle. */
  .drawing:dir(rtl),
  .times:dir(rtl) .drawing {
    transform: scaleX(-1);
  }
  .times:dir(rtl) text {
    transform: scaleX(-1);
    transform-box: fill-box;
    transform-origin: center;
  }
  .on-plot {
    grid-area: plot;
    position: relative;
    container-type: inline-size;
    pointer-events: none;
  }
  [part='empty'] {
    position: absolute;
    /* Between two lines of the grid. */
    inset: 50% 0 0;
    display: grid;
    place-content: center;
    padding-inline: 1em;
    color: var(--quiet);
    text-align: center;
  }
  /* Above the lines, which it would hide, and moved without laying anything out again. */
  [part='readout'] {
    position: absolute;
    z-index: 1;
    inset-block-end: calc(100% + 0.4rem);
    inset-inline-start: 0;
    max-inline-size: 100%;
    inline-size: max-content;
    padding: 0.4em 0.7em;
    border: 1px solid color-mix(in oklab, currentcolor 25%, transparent);
    border-radius: var(--radius);
    background: Canvas;
    color: CanvasText;
    box-shadow: 0 2px 8px rgb(0 0 0 / 12%);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    translate: calc(var(--at, 0) * (100cqi - 100%));
  }
  [part='readout']:dir(rtl) {
    translate: calc(var(--at, 0) * (100% - 100cqi));
  }
  [part='readout'] .when {
    color: color-mix(in oklab, CanvasText 72%, transparent);
  }
  .by {
    margin-inline-start: 0.35em;
  }
  @media (forced-colors: active) {
    .line,
    .before {
      stroke: CanvasText;
    }
    [part='dot'] {
      fill: Highlight;
    }
  }
`;
