import type { OxicountError } from '@oxicount/sdk/slim';
import { documentOf } from '../../client/document.ts';
import { clientOf } from '../../client/page-client.ts';
import { placesOfPage, Session } from './session.ts';

/** Signs people in and out at an instance. */
export class Signing {
  readonly #instance: string;
  readonly #changed: () => void;
  readonly #session: Session;
  /** Name of the words that say why a token was not taken, or the reason itself. */
  refusal: string | undefined;
  /** A token is being tried. */
  busy = false;

  constructor(instance: string, changed: () => void) {
    this.#instance = instance;
    this.#changed = changed;
    this.#session = new Session(instance, placesOfPage());
  }

  /** Undefined: nobody is signed in. */
  get token(): string | undefined {
    return this.#session.token;
  }

  /** Takes a token that came with a link, for as long as the tab is open; what it is worth is seen when it is used. */
  take(token: string): void {
    this.#session.keep(token, 'tab');
  }

  /** Asks the instance what it makes of a token, and keeps one that it takes. Resolves to whether it does. */
  async signIn(token: string, stay: boolean): Promise<boolean> {
    this.#enter(true, undefined);
    try {
      const client = clientOf({ instance: this.#instance, token });
      await client.request(documentOf('query Token{sites{id}}'));
    } catch (error) {
      const { code, message } = error as OxicountError;
      this.#enter(false, code === 'INVALID_TOKEN' ? 'token-refused' : message);
      return false;
    }
    this.#session.keep(token, stay ? 'browser' : 'tab');
    this.#enter(false, undefined);
    return true;
  }

  signOut(): void {
    this.#session.forget();
    this.#enter(false, undefined);
  }

  /** Forgets a token that was good once, and says so. */
  lose(): void {
    this.#session.forget();
    this.#enter(false, 'token-lost');
  }

  #enter(busy: boolean, refusal: string | undefined): void {
    this.busy = busy;
    this.refusal = refusal;
    this.#changed();
  }
}
