import { nothing, type TemplateResult } from 'lit';
import type { Desk } from './desk.ts';
import { dialogTemplate } from './dialog-template.ts';
import type { Downloading } from './download/downloading.ts';
import { downloadsTemplate } from './download/downloads-template.ts';
import { partsOf, type Shown } from './download/parts.ts';
import { keysTemplate } from './keys/keys-template.ts';
import type { Screen } from './screen.ts';
import { signInTemplate } from './sign-in/sign-in-template.ts';

/** A dialog of the dashboard, by the name of its title. */
export type DialogName = 'shortcuts' | 'download' | 'sign-in';

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
