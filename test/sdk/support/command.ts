import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, test } from 'vitest';

/** Runs a program in a folder, and gives what it wrote. */
export const runIn = (cwd: string, program: string, ...args: string[]) =>
  promisify(execFile)(program, args, { cwd });

/** A suite that needs a program: left out, and said so, where there is none. Where `CI` is set Hugo has to be there. */
export function describeWith(program: 'hugo' | 'jekyll', name: string, suite: () => void): void {
  try {
    execFileSync(program, [program === 'hugo' ? 'version' : '--version'], { stdio: 'ignore' });
  } catch {
    if (process.env['CI'] && program === 'hugo')
      throw new Error('CI needs hugo, and there is none on the path');
    describe(name, () => test.skip(`skipped: no program ${program} on the path`, () => {}));
    return;
  }
  describe(name, suite);
}
