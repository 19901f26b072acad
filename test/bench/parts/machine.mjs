import { cpus, release, totalmem, type } from 'node:os';
import { postgresqlVersion } from './databases.mjs';

/** What the figures were measured on. */
export async function machine() {
  const all = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const database = await postgresqlVersion();
  return [
    `${all.length} × ${all[0]?.model.trim() ?? 'processor'}, ${gigabytes} GB, ${type()} ${release()}`,
    `Node ${process.version}`,
    ...(database === null ? [] : [`PostgreSQL ${database} on the same machine`]),
    new Date().toISOString().slice(0, 10),
  ].join('; ');
}
