import { operator } from '../domain/access.ts';
import { DomainError } from '../domain/errors.ts';
import type { Deletion } from '../domain/ports.ts';
import type { AdministeredSite } from '../domain/site.ts';
import { isTyped } from './confirm.ts';
import { knownSite } from './known-site.ts';
import type { Instance } from './on-instance.ts';
import { format } from './progress.ts';
import { showStatus } from './status-line.ts';
import { stoppable } from './stopping.ts';

/** Removes a site with all of its rows, once somebody who means it has said so. */
export async function deleteSite(
  instance: Instance,
  slug: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<void> {
  const site = await knownSite(instance, slug);
  // What has begun goes on: it has been asked for.
  if (!yes && site.deletedAt === null) await checkMeant(instance, site);
  let isTold = false;
  const told = ({ rows, complete }: Deletion) => {
    if (!isTold && !complete) {
      process.stderr.write(
        `Removing the rows of the site ${slug}. Stopped here, it goes on by itself while the service runs.\n`,
      );
    }
    isTold = true;
    showStatus(`${format(rows)} rows removed`);
  };
  const { rows, visits, complete } = await stoppable((signal) =>
    instance.administration.remove(slug, operator, { signal, told }),
  );
  showStatus('');
  const removed = `${format(rows)} rows, ${format(visits)} visits and pixel views among them`;
  if (!complete) {
    process.stderr.write(
      `Not all of it is removed: ${removed}. The service goes on within the hour, and the same command at once.\n`,
    );
  } else if (rows === 0) {
    process.stdout.write(`Deleted the site ${slug}. Another process removed the last of it.\n`);
  } else {
    process.stdout.write(`Deleted the site ${slug}: ${removed}.\n`);
  }
}

/** @throws DomainError `INVALID_ARGUMENT` where it is not confirmed */
async function checkMeant({ storage }: Instance, { id, slug }: AdministeredSite): Promise<void> {
  if (!process.stdin.isTTY) {
    throw invalid('Nobody is there to be asked. --yes deletes the site without a question.');
  }
  const { visits } = await storage.siteTotals(id);
  const question = `This removes the site ${slug} with its ${format(visits)} visits for ever. Type ${slug} to go on: `;
  if (await isTyped(slug, question, { input: process.stdin, output: process.stderr })) return;
  throw invalid(`That is not ${slug}. Nothing was deleted.`);
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
