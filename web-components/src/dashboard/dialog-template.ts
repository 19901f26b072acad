import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** What a dialog is for. */
export interface Dialog {
  readonly name: string;
  readonly title: string;
  readonly close: string;
  readonly closed: () => void;
}

/** A modal dialog that is open as long as it is rendered; Escape and a click beside it close it. */
export function dialogTemplate(
  { name, title, close, closed }: Dialog,
  content: TemplateResult,
): TemplateResult {
  const open = (element?: Element) => {
    const dialog = element as HTMLDialogElement | undefined;
    if (dialog && !dialog.open) dialog.showModal();
  };
  const clicked = (event: MouseEvent) => {
    const dialog = event.currentTarget as HTMLDialogElement;
    if (event.target === dialog) dialog.close();
  };
  return html`
    <dialog aria-labelledby="dialog-title" part=${`dialog ${name}`} ${ref(open)} @close=${closed} @click=${clicked}>
      <div class="sheet">
        <div class="head">
          <h2 id="dialog-title">${title}</h2>
          <button
            type="button"
            class="plain step"
            aria-label=${close}
            @click=${(event: Event) => (event.currentTarget as Element).closest('dialog')?.close()}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8"></path></svg>
          </button>
        </div>
        ${content ?? nothing}
      </div>
    </dialog>
  `;
}
