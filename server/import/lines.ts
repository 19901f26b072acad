import type { Readable } from 'node:stream';
import { DomainError } from '../domain/errors.ts';

/** Longest line that is read, in characters: what has none is no text. */
const MAX_LINE_LENGTH = 1_000_000;

/**
 * The lines of a UTF-8 text, without their ends.
 * @throws DomainError `INVALID_ARGUMENT` where one has no end, or what the stream fails with
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) yield line.endsWith('\r') ? line.slice(0, -1) : line;
    if (rest.length > MAX_LINE_LENGTH) {
      throw new DomainError('INVALID_ARGUMENT', `A line is longer than ${MAX_LINE_LENGTH} characters.`);
    }
  }
  if (rest !== '') yield rest;
}
