import { html, type TemplateResult } from 'lit';

/** What a dialog is for. */
export interface Dialog {
  readonly name: string;
  readonly title: string;
  readonly close: string;
  readonly closed: () => void;
}

/** A modal dialog, opened by whoever renders it; Escape and a click beside it close it. */
export function dialogTemplate(
  { name, title, close, closed }: Dialog,
  content: TemplateResult,
): TemplateResult {
  const clicked = (event: MouseEvent) => {
    const dialog = event.currentTarget as HTMLDialogElement;
    if (event.target === dialog) dialog.close();
  };
  return html`
    <dialog aria-labelledby="dialog-title" part=${`dialog ${name}`} @close=${closed} @click=${clicked}>
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
        ${content}
      </div>
    </dialog>
  `;
}
