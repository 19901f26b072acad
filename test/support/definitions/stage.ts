import { createInProcessBudgets } from '../../../server/budgets/in-process.ts';
import { createDomain, type Domain } from '../../../server/domain/domain.ts';
import { unlimited } from '../../../server/domain/limits.testing.ts';
import {
  createBus,
  createClock,
  createScriptedProbe,
  type FakeClock,
  type ScriptedProbe,
  seededBytes,
} from '../../../server/domain/world.testing.ts';
import { createExportStorage } from '../../../server/storage/exports.ts';
import { openDatabase } from '../../../server/storage/open.ts';
import { createStorage } from '../../../server/storage/storage.ts';
import { sqlite } from '../databases.ts';
import type { Cast } from './cast.ts';
import type { Settings } from './settings.ts';

/** Where a history is played: the program without its network, on an SQLite file of its own, at any time. */
export interface Stage {
  readonly cast: Cast;
  readonly clock: FakeClock;
  readonly site: Pick<ScriptedProbe, 'answer'>;
  domain(): Domain;
  settings(): Settings;
  /** Starts the program again, as one does after a change of the configuration. */
  restart(settings: Settings): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(settings: Settings, cast: Cast): Promise<Stage> {
  const file = await sqlite.create();
  const { database } = await openDatabase({ provider: 'sqlite', file: file.url.slice('file:'.length) });
  const events = createBus();
  const storage = createStorage(database, events.publish);
  const clock = createClock(0);
  const site = createScriptedProbe();
  const randomBytes = seededBytes();

  async function start({ site: declaration, visitorDays }: Settings): Promise<Domain> {
    await storage.declareSites([declaration], clock.now());
    const domain = await createDomain({
      storage,
      exported: createExportStorage(database),
      events,
      probe: site.probe,
      country: cast.country,
      clock: clock.now,
      randomBytes,
      secrets: [],
      adminToken: null,
      siteDefaults: declaration,
      visitorDays,
      budgets: createInProcessBudgets(),
      limits: unlimited,
      sendWebhook: async () => ({ kind: 'failed', error: 'nobody is there' }),
      allowPrivateWebhooks: false,
    });
    await domain.rollups.rebuildDue();
    return domain;
  }

  let current = { settings, domain: await start(settings) };
  return {
    cast,
    clock,
    site,
    domain: () => current.domain,
    settings: () => current.settings,
    async restart(changed) {
      current = { settings: changed, domain: await start(changed) };
    },
    async close() {
      await storage.close();
      await file.remove();
    },
  };
}
