import { readFile } from 'node:fs/promises';
import { type Check, type Finding, fine, unknown, warning } from './finding.ts';

const ENOUGH = 4_096;

/** How many files and connections a process may have open. */
export function descriptorsCheck(): Check {
  return {
    group: 'This machine',
    name: 'open files and connections',
    limitMs: 1_000,
    look: async () => judgeDescriptors(await readFile('/proc/self/limits', 'utf8').catch(() => null)),
  };
}

/** @param limits as `/proc/self/limits` has them; null where there is no such file */
export function judgeDescriptors(limits: string | null): Finding {
  const [, soft] = /^Max open files\s+(\S+)/m.exec(limits ?? '') ?? [];
  if (soft === undefined) return unknown('this system does not say how many', '`ulimit -n` says it.');
  const most = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
  const says = `${soft} at most for what this shell starts`;
  if (most >= ENOUGH) return fine(says);
  return warning(
    says,
    `Every reader who follows a live figure has a connection open. Allow ${ENOUGH} or more: LimitNOFILE= of systemd, \`ulimit -n\` in a script, --ulimit nofile= of a container.`,
  );
}
