import Papa from 'papaparse';
import { type Line, MAX_LINE_LENGTH, numberedLines } from './numbered-lines.ts';

/** Most lines that one record may take: a field in quotes may have line breaks. */
const MAX_LINES = 100;

/** A record below the header. */
export interface CsvRow {
  /** Where it begins, from 1; the header is in 1. */
  readonly line: number;
  /** Empty where the header has no such column. */
  field(column: string): string;
}

/** A line that is no record. */
export interface BrokenRow {
  readonly line: number;
  readonly broken: string;
}

/**
 * The records of a CSV file as RFC 4180 has it, with any line ends. Lines that are none are said to be broken, and
 * what follows them is read: a quote that nobody closes takes no other line with it.
 *
 * @param checkHeader told of the columns before all else; throws where they are not the right ones
 */
export async function* csvRows(
  chunks: AsyncIterable<Buffer>,
  checkHeader: (columns: readonly string[]) => void,
): AsyncGenerator<CsvRow | BrokenRow> {
  const lines = linesToTake(numberedLines(chunks));
  const header = (await lines.take())?.text ?? '';
  const columns = parse(header).fields;
  checkHeader(columns);
  const positions = new Map(columns.map((column, position) => [column, position]));

  for (let line = await lines.take(); line; line = await lines.take()) {
    if (line.text === '') continue;
    const { number } = line;
    const record = line.text === null ? 'too long' : await recordFrom(line.text, lines, columns.length);
    if (typeof record === 'string') yield { line: number, broken: FLAWS[record] };
    else {
      yield { line: number, field: (column) => record[positions.get(column) ?? -1] ?? '' };
    }
  }
}

const FLAWS = {
  'too long': `the line is longer than ${MAX_LINE_LENGTH} characters`,
  quotes: 'the line is no CSV: its quotes do not match',
  fields: 'the line has not as many fields as the header',
} as const;

type Flaw = keyof typeof FLAWS;

/** The record that begins with a text, with the lines that follow where a field in quotes goes on there. */
async function recordFrom(text: string, lines: Lines, width: number): Promise<readonly string[] | Flaw> {
  const more: Line[] = [];
  let whole = text;
  let { fields, state } = parse(whole);
  while (state === 'open') {
    const next = more.length < MAX_LINES - 1 ? await lines.take() : undefined;
    if (next) more.push(next);
    if (next?.text == null || whole.length + next.text.length > MAX_LINE_LENGTH) break;
    whole += `\n${next.text}`;
    if (next.text.includes('"')) ({ fields, state } = parse(whole));
  }
  if (state === 'complete' && fields.length === width) return fields;
  // It may be a record of its own, so it is read again.
  lines.giveBack(more);
  return state === 'complete' && more.length === 0 ? 'fields' : 'quotes';
}

function parse(text: string): { fields: string[]; state: 'complete' | 'open' | 'wrong' } {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
  const isWrong = data.length > 1 || errors.some(({ code }) => code !== 'MissingQuotes');
  return { fields: data[0] ?? [], state: isWrong ? 'wrong' : errors.length > 0 ? 'open' : 'complete' };
}

interface Lines {
  take(): Promise<Line | undefined>;
  /** They are taken again next. */
  giveBack(lines: readonly Line[]): void;
}

function linesToTake(source: AsyncGenerator<Line[]>): Lines {
  // The next one last.
  let waiting: Line[] = [];
  return {
    async take() {
      while (waiting.length === 0) {
        const { value, done } = await source.next();
        if (done) return undefined;
        waiting = value.reverse();
      }
      return waiting.pop();
    },
    giveBack(lines) {
      waiting.push(...lines.toReversed());
    },
  };
}
