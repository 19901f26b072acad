import { html, nothing } from 'lit';
import type { Screen } from '../screen.ts';
import type { Day } from './calendar.ts';
import { daysOf, nextRange, PRESETS } from './range-days.ts';
import { rangeText } from './range-text.ts';

/** What of the range picker is not in the address. */
export interface Picking {
  readonly today: Day;
  /** Whether dates are being chosen. */
  readonly dates: boolean;
  readonly chooseDates: (open: boolean) => void;
}

/** The service knows no earlier day. */
const FIRST_DAY = '1990-01-01';
const DATES = 'dates';
/** What a range can be compared with. */
export const COMPARISONS: readonly string[] = ['previous-period', 'year-before', 'none'];

/** Which time to look at, steps before and after it, and what to compare it with. */
export function rangePickerTemplate(screen: Screen, picking: Picking) {
  const { say, place } = screen;
  return html`
    <div class="time" role="group" aria-label=${say('choose-time')} part="time">
      <div class="joined">
        ${stepButton(screen, picking, -1)} ${rangeChoice(screen, picking)} ${stepButton(screen, picking, 1)}
      </div>
      <label>
        <span class="unseen">${say('compare')}</span>
        <select id="compare" @change=${(event: Event) => screen.go({ compare: chosenIn(event) })}>
          ${COMPARISONS.map(
            (name) => html`
              <option value=${name} .selected=${name === place.compare}>
                ${name === 'none' ? say('no-comparison') : `${say('versus')} ${say(name)}`}
              </option>
            `,
          )}
        </select>
      </label>
      ${picking.dates ? datesForm(screen, picking) : nothing}
    </div>
  `;
}

function rangeChoice(screen: Screen, picking: Picking) {
  const { say, place, language } = screen;
  const named = PRESETS.some(({ name }) => name === place.range);
  const choose = (event: Event) => {
    const range = chosenIn(event);
    picking.chooseDates(range === DATES);
    if (range !== DATES && range !== place.range) screen.go({ range });
  };
  const text = () => rangeText(place.range, { today: picking.today, language, say });
  return html`
    <label>
      <span class="unseen">${say('range')}</span>
      <select id="range" @change=${choose}>
        ${named ? nothing : html`<option value=${place.range} .selected=${!picking.dates}>${text()}</option>`}
        ${PRESETS.map(
          ({ name }) =>
            html`<option value=${name} .selected=${name === place.range && !picking.dates}>${say(name)}</option>`,
        )}
        <option value=${DATES} .selected=${picking.dates}>${say('dates')}</option>
      </select>
    </label>
  `;
}

/** Stays focusable where there is nothing to go to, so that a keyboard user who arrives at an end keeps their place. */
function stepButton(screen: Screen, { today }: Picking, direction: -1 | 1) {
  const range = nextRange(screen.place.range, direction, today);
  const label = screen.say(direction < 0 ? 'earlier' : 'later');
  return html`
    <button
      type="button"
      class="step"
      aria-label=${label}
      title=${label}
      aria-disabled=${range === undefined}
      @click=${range === undefined ? nothing : () => screen.go({ range })}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d=${direction < 0 ? 'M10 3 5 8l5 5' : 'M6 3l5 5-5 5'}></path>
      </svg>
    </button>
  `;
}

function datesForm(screen: Screen, { today, chooseDates }: Picking) {
  const { say, place } = screen;
  const days = daysOf(place.range, today) ?? { from: today, to: today };
  const show = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const [from, to] = [String(given.get('from')), String(given.get('to'))].sort();
    chooseDates(false);
    screen.go({ range: `${from}/${to}` });
  };
  return html`
    <form class="dates" @submit=${show}>
      <label>
        ${say('dates-from')}
        <input type="date" name="from" id="from" required min=${FIRST_DAY} max=${today} .value=${days.from} />
      </label>
      <label>
        ${say('dates-to')}
        <input type="date" name="to" required min=${FIRST_DAY} max=${today} .value=${days.to} />
      </label>
      <button type="submit">${say('show')}</button>
    </form>
  `;
}

function chosenIn(event: Event): string {
  return (event.currentTarget as HTMLSelectElement).value;
}
