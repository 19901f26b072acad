/** Longest line that is looked at, in characters: servers take requests of 8 KB, and a line is a request and more. */
export const MAX_LINE_LENGTH = 65_536;

/** A line without what ends it. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null where it is longer than {@link MAX_LINE_LENGTH}. */
  readonly text: string | null;
}

const NEWLINE = 0x0a;

/** The lines of a file in UTF-8, as many at once as a chunk has. None is ever held that is much longer than allowed. */
export async function* numberedLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;

  function lineOf(text: string): Line {
    number += 1;
    const whole = !isTooLong && text.length <= MAX_LINE_LENGTH;
    isTooLong = false;
    return { number, text: whole ? withoutEnds(text, number) : null };
  }

  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end === -1) {
      // In bytes, of which a character has four at most.
      isTooLong ||= rest.length + chunk.length > 4 * MAX_LINE_LENGTH;
      rest = isTooLong ? Buffer.alloc(0) : Buffer.concat([rest, chunk]);
      continue;
    }
    const complete = Buffer.concat([rest, chunk.subarray(0, end)]).toString();
    rest = Buffer.from(chunk.subarray(end + 1));
    yield complete.split('\n').map(lineOf);
  }
  if (rest.length > 0 || isTooLong) yield [lineOf(rest.toString())];
}

function withoutEnds(text: string, number: number): string {
  const start = number === 1 && text.startsWith('\ufeff') ? 1 : 0;
  return text.slice(start, text.endsWith('\r') ? -1 : undefined);
}
