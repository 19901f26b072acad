import { spawn } from 'node:child_process';

/** What a page of the documentation says to type into a shell, from one block of code. */
export interface DocumentedCommands {
  /** The nearest heading above. */
  readonly heading: string;
  /** Where the block begins, counted from 1. */
  readonly line: number;
  /** One or several commands, as they stand there. */
  readonly text: string;
}

/** What a shell wrote and how it ended. */
export interface ShellOutcome {
  readonly exit: number | NodeJS.Signals;
  /** Both outputs. */
  readonly output: string;
}

export interface ShellOptions {
  readonly cwd: string;
  /** Everything the commands find in their environment, `PATH` included. */
  readonly env: NodeJS.ProcessEnv;
  /** A program, with arguments, that takes the shell to run as further ones. */
  readonly under?: readonly string[];
  /** Milliseconds after which it is killed; default: a minute. */
  readonly within?: number;
}

/** Blocks of code without a language are commands where they begin with one of these. */
const PROGRAMS =
  'apt-get|caddy|cat|cd|chmod|chown|cp|createdb|curl|docker|echo|git|install|journalctl|kill|ln|mkdir|mv|nginx|node|' +
  'npm|npx|oxicount|pg_dump|pg_restore|psql|rm|sed|sqlite3|sudo|systemctl|tee|useradd|userdel';
const ASSIGNMENTS = String.raw`(?:[A-Z_]+=(?:"[^"]*"|'[^']*'|[^\s"'$]\S*)? +)*(?:[A-Z_]+="?\$\()?`;
const BEGINS_WITH_PROGRAM = new RegExp(`^${ASSIGNMENTS}(?:${PROGRAMS})(?:\\s|$)`);
const SHELLS = new Set(['sh', 'bash', 'shell', 'console']);

/** The commands of a page in Markdown, in their order: fenced as a shell's, or indented. */
export function commandsOf(markdown: string): DocumentedCommands[] {
  return blocksOf(markdown).flatMap(({ language, heading, line, text }) => {
    const isShell = language === '' ? beginsWithProgram(text) : SHELLS.has(language);
    return isShell ? [{ heading, line, text }] : [];
  });
}

/**
 * Runs commands as one script that ends with the first of them that fails. Nothing that they start in the background
 * is waited for.
 */
export async function runInShell(text: string, options: ShellOptions): Promise<ShellOutcome> {
  const [program = '', ...args] = [...(options.under ?? []), 'bash', '-euo', 'pipefail', '-c', text];
  const shell = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.within ?? 60_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    shell.on('error', reject).on('exit', (code, signal) => {
      // What it wrote last is still to be read.
      setImmediate(() => resolve({ exit: code ?? signal ?? 'SIGKILL', output }));
    });
  });
}

interface Block extends DocumentedCommands {
  /** Empty where there is none, as for every block that is indented. */
  readonly language: string;
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  let heading = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const fence = /^(`{3,}|~{3,})\s*(\S*)/.exec(line);
    if (fence) {
      const [, marks = '', language = ''] = fence;
      const end = endOf(lines, at + 1, (one) => one.trimEnd() === marks);
      blocks.push({ language, heading, line: at + 2, text: lines.slice(at + 1, end).join('\n') });
      at = end;
    } else if (line.startsWith('    ') && (lines[at - 1] ?? '').trim() === '') {
      const end = endOf(lines, at, (one) => one.trim() !== '' && !one.startsWith('    '));
      const text = lines.slice(at, end).map((one) => one.slice(4));
      blocks.push({ language: '', heading, line: at + 1, text: text.join('\n').trimEnd() });
      at = end - 1;
    } else heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading;
  }
  return blocks;
}

function endOf(lines: readonly string[], from: number, ends: (line: string) => boolean): number {
  const length = lines.slice(from).findIndex(ends);
  return length === -1 ? lines.length : from + length;
}

function beginsWithProgram(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  return first !== undefined && BEGINS_WITH_PROGRAM.test(first);
}
