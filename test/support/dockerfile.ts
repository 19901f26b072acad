import { execFile } from 'node:child_process';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** One line of a Dockerfile, with what continues it. */
interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** A stage of a Dockerfile. */
interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** What became of a stage. */
export interface BuiltStage {
  /** A folder with what the stage put into its file system. */
  readonly root: string;
  /** Last values of instructions that say how it is run, by name: `ENTRYPOINT`, `CMD`, `USER`... */
  readonly metadata: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
}

export interface BuildOptions {
  /** Where `COPY` finds things. */
  readonly context: string;
  /** Empty folder for the stages. */
  readonly into: string;
  /** What commands find in their environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Does what a command does in another way, or does without it; false: the command is run as it is. */
  instead(command: string, folder: string): Promise<boolean>;
  /** What is in nobody's copy of the context, as names of files and folders. */
  readonly ignored: ReadonlySet<string>;
}

/**
 * Builds a Dockerfile without a container: each stage in a folder that stands for its file system, its commands by a
 * shell in there. It knows what ours uses, and refuses anything else.
 */
export async function buildDockerfile(dockerfile: string, options: BuildOptions): Promise<BuiltStage> {
  const built = new Map<string, BuiltStage & { readonly folder: string }>();
  let last: BuiltStage | undefined;
  for (const stage of stagesOf(dockerfile)) {
    const root = join(options.into, stage.name);
    const base = built.get(stage.base);
    if (base) await cp(base.root, root, { recursive: true, verbatimSymlinks: true });
    else await mkdir(root, { recursive: true });
    const metadata = new Map(base?.metadata);
    const env: Record<string, string> = { ...base?.env };
    let folder = base?.folder ?? '/';
    for (const { name, rest } of stage.instructions) {
      if (name === 'WORKDIR') {
        folder = resolve(folder, rest);
        await mkdir(join(root, folder), { recursive: true });
      } else if (name === 'COPY') {
        const from = /--from=(\S+)/.exec(rest)?.[1];
        const paths = rest.split(/\s+/).filter((part) => !part.startsWith('--'));
        const source = from === undefined ? options.context : built.get(from)?.root;
        if (source === undefined) throw new Error(`There is no stage ${from}.`);
        const ignored = from === undefined ? options.ignored : new Set<string>();
        await copy(paths, { source, ignored, target: resolve(folder, paths.at(-1) ?? ''), root });
      } else if (name === 'RUN') {
        if (!(await options.instead(rest, join(root, folder))))
          await run(rest, join(root, folder), { ...options.env, ...env });
      } else if (name === 'ENV') {
        for (const [, key = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) env[key] = value;
      } else if (METADATA.has(name)) metadata.set(name, rest);
      else throw new Error(`${name} is not known here.`);
    }
    last = { root, metadata, env };
    built.set(stage.name, { ...last, folder });
  }
  if (!last) throw new Error('There is no stage.');
  return last;
}

const METADATA = new Set([
  ...['LABEL', 'VOLUME', 'EXPOSE', 'USER', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'],
]);

function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') {
      const [base = '', , as] = rest.split(/\s+/);
      stages.push({ name: as ?? 'final', base, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, rest });
  }
  return stages;
}

async function copy(
  paths: readonly string[],
  options: { source: string; ignored: ReadonlySet<string>; target: string; root: string },
): Promise<void> {
  const { source, ignored, target, root } = options;
  const isFolder = paths.length > 2 || paths.at(-1)?.endsWith('/') === true;
  const found = await Promise.all(paths.slice(0, -1).map((path) => matching(source, path)));
  for (const path of found.flat()) {
    const to = join(root, target, isFolder ? basename(path) : '');
    await cp(join(source, path), to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (from) => !ignored.has(basename(from)),
    });
  }
}

/** Paths that a pattern of `COPY` names, whose last part may have stars. */
async function matching(source: string, path: string): Promise<string[]> {
  if (!path.includes('*')) return [path];
  const pattern = new RegExp(`^${basename(path).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  const names = (await readdir(join(source, dirname(path)))).filter((name) => pattern.test(name));
  if (names.length === 0) throw new Error(`COPY finds nothing for ${path}.`);
  return names.map((name) => join(dirname(path), name));
}

async function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  await promisify(execFile)('sh', ['-c', command], { cwd, env, maxBuffer: 1 << 26 });
}
