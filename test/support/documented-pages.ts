import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { commandsOf, runInShell } from './documented-commands.ts';
import { temporaryFolder } from './program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'server/dist/oxicount.js');

/** Pages of `server/docs` on the care for an instance and its figures, whose commands have a test of their own. */
export const CARE = ['importing', 'export', 'monitoring', 'doctor', 'alerts', 'benchmarks'];

/** Pages of the documentation whose commands are run one by one, until none is left. */
export interface DocumentedPages {
  /** Their names. */
  readonly names: readonly string[];
  /** Commands of a page that have this in them. */
  having(page: string, part: string | RegExp): string[];
  /** The same, which are then known to be run; there has to be one. */
  take(page: string, part: string | RegExp): string[];
  /** What nobody has taken. */
  left(): string[];
}

/** @param names paths from the top of the repository */
export async function readDocumentedPages(names: readonly string[]): Promise<DocumentedPages> {
  const entries = await Promise.all(
    names.map(async (name) => {
      const commands = commandsOf(await readFile(join(root, name), 'utf8'));
      return [name, commands.map(({ text }) => text)] as const;
    }),
  );
  const commands = new Map(entries);
  const taken = new Set<string>();
  const having = (page: string, part: string | RegExp) =>
    (commands.get(page) ?? []).filter((text) => text.search(part) >= 0);
  return {
    names,
    having,
    take(page, part) {
      const found = having(page, part);
      expect(found, `${page} has no command with ${part}`).not.toEqual([]);
      for (const text of found) taken.add(text);
      return found;
    },
    left: () => [...commands.values()].flat().filter((text) => !taken.has(text)),
  };
}

/** A folder with `oxicount`, `npm start`, `npx` and a curl that fails where it is refused, as a shell finds them. */
export interface Sandbox {
  readonly cwd: string;
  /** Runs commands there, which have to succeed, and gives what they wrote. */
  shell(text: string): Promise<string>;
}

/** @param env settings of the program, and variables of the commands */
export async function createSandbox(env: NodeJS.ProcessEnv = {}): Promise<Sandbox> {
  const cwd = await temporaryFolder();
  const bin = join(cwd, 'bin');
  await mkdir(bin);
  const programs = {
    oxicount: `exec "${process.execPath}" "${program}" "$@"`,
    npm: `[ "$1" = start ] && exec "${process.execPath}" "${program}" serve`,
    npx: '[ "$1" = oxicount ] && exec "$@"',
    // The pixel tells of what was wrong in a header alone; headers are not shown with what a header gives its name.
    curl: `case " $* " in *' -OJ '*) ;; *) set -- --fail-with-body --include "$@";; esac
exec /usr/bin/curl --silent --show-error "$@"`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const shellEnv = { PATH: `${bin}:${process.env['PATH']}`, ...env };
  return {
    cwd,
    async shell(text) {
      const { exit, output } = await runInShell(text, { cwd, env: shellEnv });
      expect(exit, `${text}\n${output}`).toBe(0);
      return output;
    },
  };
}
