import type { Rollups } from '../domain/rollups.ts';
import type { Site } from '../domain/site.ts';
import { showStatus } from './status-line.ts';

/** Makes the roll-ups of a site anew, and says so. */
export async function rebuildRollups(
  rollups: Rollups,
  { id, slug }: Pick<Site, 'id' | 'slug'>,
): Promise<void> {
  const begun = Date.now();
  let days = 0;
  await rollups.rebuild(id, (progress) => {
    days = progress.days;
    showStatus(`${slug}: ${progress.daysDone} of ${progress.days} days`);
  });
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  showStatus('');
  process.stdout.write(`${slug}: roll-ups of ${days} days made anew in ${seconds} s.\n`);
}
