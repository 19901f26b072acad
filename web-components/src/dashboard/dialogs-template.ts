import { html, nothing, type TemplateResult } from 'lit';
import type { Administration } from './administration.ts';
import type { Desk } from './desk.ts';
import { dialogTemplate } from './dialog-template.ts';
import type { Downloading } from './download/downloading.ts';
import { downloadsTemplate } from './download/downloads-template.ts';
import { partsOf, type Shown } from './download/parts.ts';
import { given } from './given.ts';
import { keysTemplate } from './keys/keys-template.ts';
import type { Panels } from './panels-template.ts';
import type { Screen } from './screen.ts';
import { signInTemplate } from './sign-in/sign-in-template.ts';

/** A dialog of the dashboard, by the name of its title. */
export type DialogName = 'shortcuts' | 'download' | 'sign-in' | 'share' | 'administer';

/** What the dialogs are about. */
export interface Dialogs {
  readonly open: DialogName | undefined;
  readonly closed: () => void;
  readonly desk: Desk;
  readonly signIn: (token: string, stay: boolean) => void;
  readonly keys: { readonly on: boolean; readonly turn: (on: boolean) => void };
  readonly downloading: Downloading;
  /** What would be downloaded now; undefined: there is nothing. */
  readonly shown: Shown | undefined;
  /** Says so. */
  readonly about: string;
  readonly administration: Administration;
  /** What the elements within are given. */
  readonly panels: Panels;
}

/** The dialog that is open, if any. */
export function dialogsTemplate(screen: Screen, dialogs: Dialogs): TemplateResult | typeof nothing {
  const content = dialogs.open && CONTENT[dialogs.open](screen, dialogs);
  if (!dialogs.open || !content) return nothing;
  const { say } = screen;
  const { open: name, closed } = dialogs;
  return dialogTemplate({ name, title: say(name), close: say('close'), closed }, content);
}

const CONTENT: Readonly<
  Record<DialogName, (screen: Screen, dialogs: Dialogs) => TemplateResult | undefined>
> = {
  shortcuts: ({ say }, { keys }) => keysTemplate(say, keys),
  'sign-in': ({ say }, { desk: { signing }, signIn }) =>
    signing && signInTemplate(say, { refusal: signing.refusal, busy: signing.busy, signIn }),
  share: (screen, dialogs) => administrationTemplate(screen, dialogs, 'share'),
  administer: (screen, dialogs) => administrationTemplate(screen, dialogs, 'sites'),
  download({ say, place }, { downloading, shown, about, desk }) {
    if (!shown) return undefined;
    const { busy, failure } = downloading;
    return downloadsTemplate(say, {
      about,
      parts: partsOf(shown),
      busy,
      failure,
      download: (part, format) =>
        void downloading.download({ client: desk.client, shown, range: place.range }, part, format),
    });
  },
};

function administrationTemplate(
  { say, place, site, language }: Screen,
  { administration, panels, desk }: Dialogs,
  view: 'sites' | 'share',
): TemplateResult {
  if (administration.failed) return html`<p role="alert">${say('administration-failed')}</p>`;
  const { url, token, words } = panels;
  const { range, path, filter } = place;
  const shown = path === undefined ? filter : { ...filter, page: path };
  return html`
    <oxi-administration
      ${given({ url, token, words, view, site: site?.id ?? null, range, filter: shown })}
      lang=${language ?? nothing}
      @oxi-administered=${() => void desk.list.read()}
    ></oxi-administration>
  `;
}
