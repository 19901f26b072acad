/** Takes one mistake, a sentence without a full stop. */
export type Report = (mistake: string) => void;

/**
 * The configuration cannot be used. The message lists every mistake, names the key, where it stands and what would be
 * right, holds no secret, and is ready to be printed to the person who starts the program.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The mistakes, one sentence each, in the order they were found. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const heading =
      mistakes.length === 1
        ? 'There is a mistake in the configuration:'
        : `There are ${mistakes.length} mistakes in the configuration:`;
    super([heading, ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
    this.mistakes = mistakes;
  }
}
