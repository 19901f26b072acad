import type { Readable } from 'node:stream';
import { z } from 'zod';
import { parseDay } from '../domain/day.ts';
import { DIMENSIONS } from '../domain/dimensions/dimension.ts';
import { DomainError } from '../domain/errors.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from '../domain/export/export.ts';
import { type FilterReason, filterReasons } from '../domain/filter-reason.ts';
import { MARKS } from '../domain/import/import-storage.ts';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';
import { linesOf } from './lines.ts';

const count = z.number().int().min(0);
const nonce = count.max(2 ** 48 - 1);
const instant = z.iso.datetime().transform((text) => Date.parse(text));
const day = z.string().transform((text, context) => {
  const found = parseDay(text);
  if (found !== null) return found;
  context.addIssue('it is no day');
  return z.NEVER;
});
const word = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

const header = z.object({
  type: z.literal('header'),
  format: z.literal(EXPORT_FORMAT),
  version: z.number().int(),
});
const footer = z.object({
  type: z.literal('footer'),
  pages: count,
  visits: count,
  figures: count,
  filteredHits: count,
  voteDays: count,
});
const lines = z.discriminatedUnion('type', [
  z.object({ type: z.literal('page'), path: z.string(), addedAt: instant, votesUp: count, votesDown: count }),
  z.object({
    type: z.literal('visit'),
    registeredAt: instant,
    nonce,
    path: z.string(),
    kind: z.enum(['visit', 'pixel']),
    spentSeconds: count.nullable(),
    referrer: word,
    campaign: word,
    country: word,
    browser: word,
    system: word,
    device: word,
    language: word,
    visitor: nonce.min(1).nullable(),
    marks: z.array(z.enum(MARKS)),
  }),
  z.object({
    type: z.literal('figures'),
    day,
    dimension: z.enum(DIMENSIONS).nullable(),
    value: z.string(),
    visits: count,
    pixelViews: count,
    visitors: count,
    returningVisitors: count,
    secondVisits: count,
    timedVisits: count,
    spentSeconds: count,
  }),
  z.object({
    type: z.literal('filteredHits'),
    day,
    reason: z.enum(Object.keys(filterReasons) as [FilterReason, ...FilterReason[]]),
    hits: count,
  }),
  z.object({ type: z.literal('voteDay'), day, path: z.string(), changes: count }),
  footer,
]);

/** What the footer counts each line as. */
const COUNTED = {
  page: 'pages',
  visit: 'visits',
  figures: 'figures',
  filteredHits: 'filteredHits',
  voteDay: 'voteDays',
} as const;

/**
 * What `oxicount export` has written, as server/docs/export.md has it.
 * @param name what it is called in messages
 * @param size in bytes; null where nobody knows
 */
export function readExport(
  stream: Readable,
  { name, size }: { name: string; size: number | null },
): ImportSource {
  let read = 0;
  const refuse = (message: string) => new DomainError('INVALID_ARGUMENT', `${name} ${message}`);

  return {
    name,
    size,
    unit: 'bytes',
    read: () => read,
    async *records() {
      const counts = { pages: 0, visits: 0, figures: 0, filteredHits: 0, voteDays: 0 };
      let number = 0;
      let isWhole = false;
      for await (const text of linesOf(stream)) {
        read += Buffer.byteLength(text) + 1;
        number += 1;
        const value = jsonOf(text);
        if (number === 1) {
          const { data } = header.safeParse(value);
          if (!data) throw refuse('is no export: its first line is not the header of one.');
          if (data.version <= EXPORT_VERSION) continue;
          throw refuse(
            `is an export of version ${data.version}, of a newer oxicount. This one reads those up to ${EXPORT_VERSION}.`,
          );
        }
        const { data } = lines.safeParse(value);
        if (!data) {
          if (text !== '') yield leftOut(number);
          continue;
        }
        if (data.type === 'footer') {
          isWhole = Object.values(COUNTED).every((kind) => data[kind] === counts[kind]);
          continue;
        }
        counts[COUNTED[data.type]] += 1;
        yield recordOf(data);
      }
      if (isWhole) return;
      throw refuse(
        'is not whole: it has no footer, or not as many lines as that says. Import it again from a whole file, which counts nothing twice.',
      );
    },
  };
}

type Line = Exclude<z.infer<typeof lines>, { type: 'footer' }>;

function recordOf(line: Line): ImportRecord {
  if (line.type === 'filteredHits') return { ...line, type: 'filtered hits' };
  if (line.type === 'voteDay') return { ...line, type: 'vote day' };
  if (line.type !== 'visit') return line;
  const { registeredAt, nonce: key, path, kind, spentSeconds, visitor, marks, type, ...traits } = line;
  return {
    type,
    kind,
    identity: String(key),
    path,
    registeredAt,
    spentSeconds,
    traits,
    visitor: null,
    decided: { nonce: key, visitor: visitor ?? 0, marks },
  };
}

function leftOut(number: number): ImportRecord {
  return { type: 'left out', where: `line ${number}`, why: 'the line is none of the format' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
