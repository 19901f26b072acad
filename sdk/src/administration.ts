/**
 * Administering sites and tokens. Apart from the client for figures, so that pages need not load it.
 *
 * @module administration
 */
import { type ClientCore, clientOf } from './client.ts';
import type { ClientOptions } from './client-options.ts';
import type { AdministrationOperations } from './generated/administration.ts';
import * as everyOperation from './generated/administration.ts';

export type { AdministrationOperations } from './generated/administration.ts';

/** A client that administers what its token administers. */
export type Administration = ClientCore & AdministrationOperations;

/**
 * A client with a method for every operation that administers sites and tokens. It needs a token for them.
 *
 * ```ts
 * const administration = createAdministration({ url: 'https://stats.example.org', token });
 * await administration.createSite({ input: { id: 'docs', baseUrls: ['https://docs.example.org'] } });
 * ```
 */
export function createAdministration(options: ClientOptions & { readonly token: string }): Administration {
  return clientOf<AdministrationOperations>(everyOperation, options);
}
