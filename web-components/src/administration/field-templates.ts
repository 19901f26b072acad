import { html, nothing, type TemplateResult } from 'lit';
import type { Say } from '../dashboard/words.ts';
import type { Attempt } from './attempt.ts';

/** A form, and what the service makes of it. */
export interface Form {
  readonly say: Say;
  readonly attempt: Attempt;
}

/** A field as the API names it; its label is the word `field-<name>`. */
interface Field {
  readonly name: string;
  /** Name of the word below the label. */
  readonly hint?: string;
}

interface Input extends Field {
  readonly type?: 'text' | 'number' | 'date';
  readonly value?: string | number;
  readonly required?: boolean;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly list?: string;
  readonly placeholder?: string;
}

/** A line of text, a number or a date. */
export function inputTemplate(form: Form, input: Input): TemplateResult {
  const { name, type = 'text', value = '', required = false, min, max, list, placeholder = '' } = input;
  return fieldTemplate(
    form,
    input,
    (isRefused, about) => html`
      <input
        id=${name}
        name=${name}
        type=${type}
        .value=${String(value)}
        ?required=${required}
        min=${min ?? nothing}
        max=${max ?? nothing}
        list=${list ?? nothing}
        placeholder=${placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-invalid=${isRefused}
        aria-describedby=${about}
      />
    `,
  );
}

/** A list with a line for each. */
export function linesTemplate(
  form: Form,
  field: Field & { readonly value: readonly string[]; readonly required?: boolean },
): TemplateResult {
  return fieldTemplate(
    form,
    field,
    (isRefused, about) => html`
      <textarea
        id=${field.name}
        name=${field.name}
        rows="3"
        .value=${field.value.join('\n')}
        ?required=${field.required ?? false}
        autocapitalize="off"
        spellcheck="false"
        aria-invalid=${isRefused}
        aria-describedby=${about}
      ></textarea>
    `,
  );
}

/** One of several, by value with what it is called. */
export function selectTemplate(
  form: Form,
  field: Field & {
    readonly options: readonly (readonly [value: string, word: string])[];
    readonly value: string;
  },
): TemplateResult {
  const { name, options, value } = field;
  return fieldTemplate(
    form,
    field,
    (isRefused, about) => html`
      <select
        id=${name}
        name=${name}
        aria-invalid=${isRefused}
        aria-describedby=${about}
      >
        ${options.map(([one, word]) => html`<option value=${one} .selected=${one === value}>${word}</option>`)}
      </select>
    `,
  );
}

/** Choices with what each means, of which one can be taken, or several. */
export function choicesTemplate(
  form: Form,
  field: Field & {
    readonly type: 'radio' | 'checkbox';
    readonly choices: readonly { readonly value: string; readonly word: string; readonly about?: string }[];
    readonly chosen: readonly string[];
  },
): TemplateResult {
  const { name, hint, type, choices, chosen } = field;
  const reason = reasonOf(form, name);
  return html`
    <fieldset ?data-refused=${reason !== undefined} aria-describedby=${aboutOf(name, hint, reason)}>
      <legend>${form.say(`field-${name}`)}</legend>
      ${hintTemplate(form, name, hint)}
      ${choices.map(
        ({ value, word, about }) => html`
          <label class="option">
            <input type=${type} name=${name} value=${value} .checked=${chosen.includes(value)} />
            <span>${word}${about === undefined ? nothing : html`<small class="quiet">${about}</small>`}</span>
          </label>
        `,
      )}
      ${reasonTemplate(name, reason)}
    </fieldset>
  `;
}

/** Fields with a button below, and why they were not taken. */
export function formTemplate(
  { say, attempt }: Form,
  actions: {
    /** What the button says. */
    readonly submit: string;
    readonly submitted: (form: FormData) => void;
    readonly cancelled?: () => void;
  },
  fields: unknown,
): TemplateResult {
  const { submit, submitted, cancelled } = actions;
  const { busy, refusal } = attempt;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    submitted(new FormData(event.currentTarget as HTMLFormElement));
  };
  const reason = refusal?.field === undefined ? refusal?.reason : undefined;
  return html`
    <form class="form" @submit=${send}>
      ${fields}
      <p class="refusal" role="alert">${reason ?? nothing}</p>
      <div class="actions">
        <button type="submit" class="action" aria-disabled=${busy}>${busy ? say('busy') : submit}</button>
        ${cancelled ? html`<button type="button" @click=${cancelled}>${say('cancel')}</button>` : nothing}
      </div>
    </form>
  `;
}

function fieldTemplate(
  form: Form,
  { name, hint }: Field,
  control: (isRefused: boolean, about: string | typeof nothing) => TemplateResult,
): TemplateResult {
  const reason = reasonOf(form, name);
  return html`
    <div class="field" ?data-refused=${reason !== undefined}>
      <label for=${name}>${form.say(`field-${name}`)}</label>
      ${hintTemplate(form, name, hint)} ${control(reason !== undefined, aboutOf(name, hint, reason))}
      ${reasonTemplate(name, reason)}
    </div>
  `;
}

function hintTemplate({ say }: Form, name: string, hint: string | undefined) {
  return hint ? html`<small class="quiet" id=${`${name}-hint`}>${say(hint)}</small>` : nothing;
}

function reasonTemplate(name: string, reason: string | undefined) {
  return html`<p class="refusal" id=${`${name}-refusal`} role="alert">${reason ?? nothing}</p>`;
}

function reasonOf({ say, attempt: { refusal } }: Form, name: string): string | undefined {
  if (refusal?.field !== name) return undefined;
  const subject = refusal.line === undefined ? say('this') : say('line', { line: String(refusal.line) });
  return `${subject} ${refusal.reason}`;
}

function aboutOf(name: string, hint: string | undefined, reason: string | undefined) {
  const ids = [hint && `${name}-hint`, reason && `${name}-refusal`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : nothing;
}
