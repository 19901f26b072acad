import { createInterface } from 'node:readline';

/** A terminal, or what a test types and looks at. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: { write(text: string): unknown };
}

/** Asks on a terminal for a word to be typed, so that nobody does by accident what cannot be undone. */
export async function isTyped(word: string, question: string, { input, output }: Terminal): Promise<boolean> {
  output.write(question);
  for await (const line of createInterface({ input })) return line.trim() === word;
  // Whoever ended the input is still on the line of the question.
  output.write('\n');
  return false;
}
