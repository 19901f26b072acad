import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { counts } from './generated/operations.ts';
import type { PageCount } from './generated/types.ts';
import { createSlimClient, type SlimOptions } from './slim.ts';

/** Where counts come from, and where they are kept between builds. */
export interface SiteCountsOptions extends SlimOptions {
  /** A file for what was fetched last. Default: `.cache/oxicount.json`, below the working directory. */
  readonly cacheFile?: string | undefined;
  /** Seconds for which the file is good enough, and nothing is fetched. Default: 60. */
  readonly maxAgeSecs?: number | undefined;
  /** The most pages, the most visited first: 1 to 10000. Default: 10000. */
  readonly first?: number | undefined;
  /** Told why the counts are old or missing. Default: a warning of the process. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** How often the pages of a site were visited. */
export interface SiteCounts {
  /** Pages with visits, the most visited first. */
  readonly pages: readonly PageCount[];
  /** Visits of all these pages. */
  readonly total: number;
  /** When they were fetched, as an ISO 8601 time; null where there was neither an instance nor a file. */
  readonly fetchedAt: string | null;
  /** Visits of a page, 0 where there are none. A URL, a query, a fragment and trailing slashes do no harm. */
  of(path: string): number;
}

interface Kept {
  readonly url: string;
  readonly site: string | null;
  readonly first: number;
  readonly fetchedAt: string;
  readonly pages: readonly PageCount[];
}

const CACHE_FILE = '.cache/oxicount.json';
const MOST = 10_000;

/**
 * The counts of a site for a build. They come from the instance, and are kept in a file; when the instance cannot be
 * had, the file is used however old it is. Where there is no file either, all counts are 0. So a build never fails for
 * a number, and works offline.
 *
 * ```ts
 * const visits = await fetchSiteCounts({ url: 'https://stats.example.org', site: 'blog' });
 * console.log(visits.of('/posts/hello/'));
 * ```
 */
export async function fetchSiteCounts(options: SiteCountsOptions): Promise<SiteCounts> {
  const {
    url,
    site = null,
    cacheFile = CACHE_FILE,
    maxAgeSecs = 60,
    first = MOST,
    warn = (message: string) => process.emitWarning(message),
  } = options;
  const kept = await read(cacheFile, { url, site, first });
  if (kept && Date.now() - Date.parse(kept.fetchedAt) < maxAgeSecs * 1_000) return siteCounts(kept);
  try {
    const { request } = createSlimClient(options);
    const pages = (await request(counts, { first })).counts;
    const fetched = { url, site, first, fetchedAt: new Date().toISOString(), pages };
    await write(cacheFile, fetched).catch((error) =>
      warn(`oxicount: cannot keep counts in ${cacheFile}: ${error}`),
    );
    return siteCounts(fetched);
  } catch (error) {
    const instead = kept ? `counts of ${kept.fetchedAt} are used` : 'all counts are 0';
    warn(`oxicount: no counts from ${url}, so ${instead}: ${(error as Error).message}`);
    return siteCounts(kept ?? { fetchedAt: null, pages: [] });
  }
}

function siteCounts({ pages, fetchedAt }: Pick<SiteCounts, 'pages' | 'fetchedAt'>): SiteCounts {
  const byPath = new Map(pages.map(({ path, count }) => [path, count]));
  return {
    pages,
    total: pages.reduce((total, { count }) => total + count, 0),
    fetchedAt,
    of: (path) => byPath.get(pathOf(path)) ?? 0,
  };
}

/** The path as an instance writes it: percent-encoded, without a slash at its end. */
function pathOf(address: string): string {
  return new URL(address, 'http://site').pathname.replace(/(?<=.)\/+$/, '');
}

/** What was kept for the same question; undefined where nothing readable was. */
async function read(file: string, { url, site, first }: Pick<Kept, 'url' | 'site' | 'first'>) {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as Kept;
    if (kept.url === url && kept.site === site && kept.first === first) return kept;
  } catch {
    // There is none yet, or it is not ours.
  }
  return undefined;
}

/** A build that is stopped meanwhile, or runs beside this one, never sees half a file. */
async function write(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(kept, null, 2));
  await rename(`${file}.${process.pid}`, file);
}
