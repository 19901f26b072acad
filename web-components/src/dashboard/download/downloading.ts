import type { PageClient } from '../../client/page-client.ts';
import { csvOf } from './csv.ts';
import { fileName } from './file-name.ts';
import type { Part, Shown } from './parts.ts';
import { saveFile } from './save-file.ts';

/** What is on show, and what it is called. */
export interface Source {
  readonly client: PageClient;
  readonly shown: Shown;
  /** As the address has it. */
  readonly range: string;
}

/** Reads what somebody wants to have, and has it saved. */
export class Downloading {
  readonly #changed: () => void;
  /** Name of the part that is being read. */
  busy: string | undefined;
  /** Why the last one could not be read. */
  failure: string | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async download({ client, shown, range }: Source, part: Part, format: 'csv' | 'json'): Promise<void> {
    this.#enter(part.name, undefined);
    try {
      const { table, json } = await part.read(client, shown);
      const { site, filter } = shown;
      const text =
        format === 'csv' ? csvOf(table) : JSON.stringify({ site, range, filter, [part.name]: json }, null, 2);
      saveFile(fileName({ site, part: part.name, range, format }), text, format);
      this.#enter(undefined, undefined);
    } catch (error) {
      this.#enter(undefined, (error as Error).message);
    }
  }

  #enter(busy: string | undefined, failure: string | undefined): void {
    this.busy = busy;
    this.failure = failure;
    this.#changed();
  }
}
