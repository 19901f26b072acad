import type { Config } from '../config/config.ts';
import { derivationOf } from '../domain/keyring.ts';
import type { Change, Storage } from '../domain/ports.ts';
import { createReplicas } from '../replicas.ts';

/** Tells running replicas of what a command has changed. Where it cannot, they find out by themselves, in seconds. */
export async function tellReplicas(
  { config, storage }: { readonly config: Config; readonly storage: Pick<Storage, 'secrets'> },
  ...changes: readonly Change[]
): Promise<void> {
  const silent = () => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const replicas = createReplicas(config.redis, log);
  const { instance } = await derivationOf({ storage, configured: config.secrets });
  await replicas.join(instance);
  for (const change of changes) replicas.events.announce(change);
  await replicas.leave();
}
