import { type Program, run, serve, temporaryFolder } from './program.ts';

/** What a command of the program did. */
export interface Outcome {
  readonly exit: number | NodeJS.Signals;
  /** What it wrote to both outputs. */
  readonly output: string;
  readonly standardOutput: string;
}

/** Somebody who runs an instance from the command line, with a database of its own. */
export interface Operator {
  readonly cwd: string;
  /** Runs a command to its end. */
  command(...args: string[]): Promise<Outcome>;
  /** Runs a command that has to succeed, with `--json`, and reads what it says. */
  json<T>(...args: string[]): Promise<T>;
  /** Begins a command. */
  begin(...args: string[]): Program;
  /** Starts the service on a free port, with settings of its own over those of the operator. */
  serve(more?: NodeJS.ProcessEnv): Program;
}

/** @param env settings of the instance; default: those of a new one in a folder of its own */
export async function createOperator(env: NodeJS.ProcessEnv = {}): Promise<Operator> {
  const cwd = await temporaryFolder();
  const begin = (...args: string[]) => run(args, { cwd, env });
  async function command(...args: string[]): Promise<Outcome> {
    const program = begin(...args);
    const exit = await program.exit;
    return { exit, output: program.output(), standardOutput: program.standardOutput() };
  }
  return {
    cwd,
    command,
    begin,
    serve: (more) => serve({ ...env, ...more }, cwd),
    async json(...args) {
      const { exit, output, standardOutput } = await command(...args, '--json');
      if (exit !== 0) throw new Error(`it ended with ${exit}: ${output}`);
      return JSON.parse(standardOutput);
    },
  };
}

/** Starts the service of an operator once, and stops it: its sites are then there. */
export async function startOnce(operator: Operator): Promise<void> {
  const program = operator.serve();
  await program.url;
  program.kill('SIGTERM');
  await program.exit;
}
