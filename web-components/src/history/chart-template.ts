import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { SIDE } from './chart-shapes.ts';
import type { HistoryView } from './history-view.ts';
import { pointWords } from './point-words.ts';
import { readoutTemplate } from './readout-template.ts';
import type { Say } from './words.ts';

/** A chart, and where its reader is. */
export interface ChartState {
  readonly view: HistoryView;
  readonly say: Say;
  readonly label: string;
  /** The point that is read out to those who see; undefined for none. */
  readonly shown: number | undefined;
  /** The point that the keyboard is at; undefined for none. */
  readonly chosen: number | undefined;
  readonly events: ChartEvents;
}

/** What a reader does with a chart. */
export interface ChartEvents {
  readonly point: (event: PointerEvent) => void;
  readonly leave: (event: PointerEvent) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly focus: (event: FocusEvent) => void;
  readonly blur: () => void;
}

const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;

/**
 * The chart fits every width without being measured: shapes are drawn in a square that is stretched, everything that
 * must not be stretched is placed by per cent. To screen readers it is a slider, which all of them let the arrow keys
 * through to, and of which they say the value and nothing else when it is moved.
 */
export function chartTemplate({ view, say, label, shown, chosen, events }: ChartState): TemplateResult {
  const { data, range, format, points, empty } = view;
  const total = data.total === null ? say('no-value') : format.long(data.total);
  return html`
    <div part="chart">
      <div class="values" aria-hidden="true">${[...view.values].reverse().map(({ text }) => html`<span>${text}</span>`)}</div>
      <div
        part="plot"
        role="slider"
        tabindex="0"
        aria-label="${label}: ${total}, ${range}"
        aria-describedby="keys"
        aria-valuemin="1"
        aria-valuemax=${Math.max(1, points)}
        aria-valuenow=${(chosen ?? points - 1) + 1}
        aria-valuetext=${pointWords(view, chosen ?? points - 1, say)}
        @pointerdown=${events.point}
        @pointermove=${events.point}
        @pointerleave=${events.leave}
        @keydown=${events.key}
        @focus=${events.focus}
        @blur=${events.blur}
      >
        <svg class="drawing" aria-hidden="true">
          ${guard([view], () => shapesTemplate(view))}
          ${shown === undefined ? nothing : markTemplate(view, shown)}
        </svg>
      </div>
      <div class="on-plot">
        ${empty ? html`<p part="empty">${say('empty')}</p>` : nothing}
        ${shown === undefined ? nothing : readoutTemplate(view, shown, say)}
      </div>
      <div class="times" aria-hidden="true">${guard([view], () => timesTemplate(view))}</div>
      <p id="keys" class="unseen">${say('keys')}</p>
    </div>
  `;
}

function shapesTemplate({ data, values, height, shapes, places }: HistoryView): SVGTemplateResult {
  const lines = values.map(({ value }) => {
    const y = percent(1 - height(value));
    return svg`<line class=${value === 0 ? 'zero' : 'grid'} x1="0" x2="100%" y1=${y} y2=${y} />`;
  });
  const dots = shapes.lone.map((index) => {
    const y = percent(1 - height(data.points[index]?.value ?? 0));
    return svg`<circle class="lone" cx=${percent(places.at(index))} cy=${y} r="3" />`;
  });
  return svg`
    ${lines}
    <svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" width="100%" height="100%">
      <path part="area" d=${shapes.area} />
      <path part="comparison" class="before" d=${shapes.before} />
      <path part="line" class="line" d=${shapes.line} />
      <path part="unfinished" class="line unfinished" d=${shapes.unfinished} />
    </svg>
    ${dots}
  `;
}

function markTemplate(view: HistoryView, index: number): SVGTemplateResult {
  const x = percent(view.places.at(index));
  const dot = (part: string, value: number | null | undefined) =>
    value === null || value === undefined
      ? nothing
      : svg`<circle part=${part} cx=${x} cy=${percent(1 - view.height(value))} r="4" />`;
  const { value, before } = view.point(index);
  return svg`
    <line part="rule" x1=${x} x2=${x} y1="0" y2="100%" />
    ${dot('comparison-dot', before?.value)}
    ${dot('dot', value)}
  `;
}

/** Letters in a right-to-left language keep their direction where the drawing is mirrored. */
const isolated = (text: string) => `\u2068${text}\u2069`;

function timesTemplate({ times, places }: HistoryView): TemplateResult[] {
  return times.map(
    ({ width, ticks }) => html`
      <svg class="drawing ${width}">
        ${ticks.map(
          ({ index, text, anchor }) =>
            svg`<text x=${percent(places.at(index))} y="1.1em" text-anchor=${anchor}>${isolated(text)}</text>`,
        )}
      </svg>
    `,
  );
}

/** As large as {@link chartTemplate}, before there is anything to draw. */
export function chartGhost(): TemplateResult {
  return html`
    <div part="chart" aria-hidden="true">
      <div class="values"></div>
      <div part="plot" class="ghost"></div>
      <div class="times"></div>
    </div>
  `;
}
