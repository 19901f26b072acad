import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packing } from '../../support/packing.ts';

const execute = promisify(execFile);
const sdk = fileURLToPath(new URL('../../../sdk/', import.meta.url));

/** A project outside of this repository that has installed packed packages, and nothing else. */
export interface Consumer {
  readonly folder: string;
  write(name: string, text: string): Promise<void>;
  /** Runs Node in the folder, and gives what it wrote. Rejects with all output where it fails. */
  node(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string>;
  /** Compiles the folder, or what another configuration names, and gives what there is to complain about. */
  compile(typescript: 'typescript 7' | 'typescript 5.9', configuration?: string): Promise<string>;
  remove(): Promise<void>;
}

/** As strict as it gets: declarations of dependencies are checked too. */
export const strict = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  types: [] as string[],
};

/** Makes a project and installs into it. Default: the packed SDK, with npm. */
export async function createConsumer(
  install: (folder: string) => Promise<unknown> = installSdk,
): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-consumer-'));
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('package.json', JSON.stringify({ private: true, type: 'module' }));
  await write('tsconfig.json', JSON.stringify({ compilerOptions: { ...strict, lib: ['es2023', 'dom'] } }));
  await install(folder);

  const node = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    try {
      const { stdout } = await execute(process.execPath, args, {
        cwd: folder,
        env: { ...process.env, ...env },
      });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${stdout}\n${stderr}`, { cause: error });
    }
  };
  return {
    folder,
    write,
    node,
    compile: (version, configuration = 'tsconfig.json') =>
      node([compiler(version), '--project', join(folder, configuration)]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function installSdk(folder: string): Promise<void> {
  const { packPackage } = await packing();
  const { filename } = await packPackage('sdk', folder);
  await npm(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`);
}

/** The repository has the newest for itself, and the one that most projects use for its API reference. */
function compiler(version: string): string {
  const from = version === 'typescript 7' ? import.meta.url : join(sdk, 'package.json');
  return join(dirname(createRequire(from).resolve('typescript/package.json')), 'bin/tsc');
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const cli = process.env['npm_execpath'];
  const { stdout } = await (cli
    ? execute(process.execPath, [cli, ...args], { cwd })
    : execute('npm', args, { cwd }));
  return stdout;
}
