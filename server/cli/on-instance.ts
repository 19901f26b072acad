import { randomBytes } from 'node:crypto';
import { createAccess } from '../domain/access.ts';
import { createAdministrators } from '../domain/administrators.ts';
import { createWebhooks, type Webhooks } from '../domain/alerts/webhooks.ts';
import type { Change } from '../domain/ports.ts';
import { createSiteAdministration, type SiteAdministration } from '../domain/site-administration.ts';
import { createTokenCheck } from '../domain/token-check.ts';
import { createTokens, type Tokens } from '../domain/tokens.ts';
import { type Opened, onDatabase } from './on-database.ts';
import { tellReplicas } from './tell-replicas.ts';

/** The part of the domain that commands administer with. */
export interface Instance extends Opened {
  readonly administration: SiteAdministration;
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
}

/** Seconds after which a running service has seen what a command changed, where nothing tells it sooner. */
export const SEEN_AFTER_SECS = 5;

/** As {@link onDatabase}, with the rules of sites and tokens. */
export function onInstance(work: (instance: Instance) => Promise<void>): Promise<void> {
  return onDatabase(async (opened) => {
    const { config, storage } = opened;
    const clock = Date.now;
    const changes: Change[] = [];
    const check = createTokenCheck({ storage, clock });
    const access = createAccess({ adminToken: config.adminToken, tokens: check });
    const administrators = createAdministrators({ storage, access });
    const administration = createSiteAdministration({
      storage,
      administrators,
      defaults: config,
      clock,
      changed: () => changes.push({ of: 'sites' }),
      // The command itself makes them anew.
      rollupsDue: () => {},
    });
    const tokens = createTokens({
      storage,
      administrators,
      revoked: (prefix) => changes.push({ of: 'token', prefix }),
      clock,
      randomBytes,
    });
    const webhooks = createWebhooks({
      storage,
      administrators,
      allowPrivate: config.allowPrivateWebhooks,
      clock,
      randomBytes,
    });
    try {
      await work({ ...opened, administration, tokens, webhooks });
    } finally {
      if (changes.length > 0) await tellReplicas({ config, storage }, ...changes);
    }
  });
}
