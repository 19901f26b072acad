import { isLibrary } from '../domain/bots/library.ts';
import { filterReason } from '../domain/bots.ts';
import type { Caller } from '../domain/caller.ts';
import { traitsOf } from '../domain/dimensions/traits.ts';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';
import type { CountryLookup } from '../domain/ports.ts';
import { type Input, openInput } from './input.ts';
import { partsOf } from './link.ts';
import { type LogLine, parseLogLine } from './log-line.ts';
import { type Line, numberedLines } from './numbered-lines.ts';
import { isPagePath } from './page-path.ts';
import { refusal } from './refusal.ts';
import { createRepeats, type Repeats } from './repeats.ts';

/** Lines of which one must be of the format: some servers write a few of their own first. */
const LINES_TO_TELL = 100;
const EXAMPLE =
  '203.0.113.7 - - [01/Mar/2024:10:00:00 +0100] "GET /hello HTTP/1.1" 200 5120 "https://news.example/" "Mozilla/5.0 ..."';

export interface AccessLogOptions {
  /** Base URLs of the site. Where a line says which host was asked, it must be one of theirs. */
  readonly ownOrigins: readonly string[];
  /** Looks up the country of an address. */
  readonly country: CountryLookup;
  /** Endings of files that are pages here, in lower case without their dots: `pdf`. */
  readonly also: readonly string[];
}

/**
 * Access logs in the combined format of Apache (https://httpd.apache.org/docs/2.4/logs.html#combined) and nginx
 * (https://nginx.org/en/docs/http/ngx_http_log_module.html), also with the host before it as in Apache's vhost_combined.
 * What readers asked for is taken as hits of the pixel: a log knows no more of them than the pixel does.
 *
 * Addresses and user agents are looked at and forgotten. No identity is made of them either, since it could be tried out
 * which address makes the same one: hits of one path in one second are told apart by their number in the file.
 *
 * @param files paths, oldest first, or `-` for the standard input; with or without gzip
 * @throws DomainError `INVALID_ARGUMENT` where one cannot be read, or is no such log
 */
export async function openAccessLog(
  files: readonly string[],
  options: AccessLogOptions,
): Promise<ImportSource> {
  const inputs: Input[] = [];
  for (const file of files) inputs.push(await openInput(file));
  const sizes = inputs.map(({ size }) => size);
  const rules = {
    ...options,
    hosts: new Set(
      options.ownOrigins.flatMap((origin) => (URL.canParse(origin) ? new URL(origin).hostname : [])),
    ),
    also: new Set(options.also),
  };
  return {
    name: `access log ${inputs.map(({ name }) => name).join(', ')}`,
    size: sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    unit: 'bytes',
    read: () => inputs.reduce((sum, input) => sum + input.read(), 0),
    async *records() {
      for (const input of inputs) yield* recordsOf(input, rules);
    },
  };
}

interface Rules extends Omit<AccessLogOptions, 'also'> {
  readonly hosts: ReadonlySet<string>;
  readonly also: ReadonlySet<string>;
}

async function* recordsOf(input: Input, rules: Rules): AsyncGenerator<ImportRecord> {
  // Rotated files overlap: the same hit has the same number in each.
  const repeats = createRepeats();
  let isTold = false;
  let start = '';
  for await (const lines of numberedLines(input.chunks())) {
    for (const line of lines) {
      if (line.text === '') continue;
      const parsed = line.text === null ? null : parseLogLine(line.text);
      isTold ||= parsed !== null;
      start ||= line.text ?? '';
      if (!isTold && line.number >= LINES_TO_TELL) throw notALog(input.name, start);
      yield recordOf(line, parsed, { name: input.name, repeats, rules });
    }
  }
  if (!isTold && start !== '') throw notALog(input.name, start);
}

/** The lines are not shown, for they may have addresses. */
function notALog(name: string, start: string) {
  const found = start.startsWith('{')
    ? 'Its lines are JSON'
    : `None of its first ${LINES_TO_TELL} lines is one`;
  return refusal(`${name} is no access log in the combined format. ${found}; a line of one is ${EXAMPLE}`);
}

interface Context {
  readonly name: string;
  readonly repeats: Repeats;
  readonly rules: Rules;
}

function recordOf({ number }: Line, line: LogLine | null, { name, repeats, rules }: Context): ImportRecord {
  const why = line === null ? 'the line is none of the combined log format' : reasonAgainst(line, rules);
  if (line === null || why !== null) {
    return { type: 'left out', where: `${name} line ${number}`, why: why ?? '' };
  }
  const { path, query } = partsOf(line.target);
  const { ownOrigins, country } = rules;
  return {
    type: 'visit',
    kind: 'pixel',
    identity: repeats(`${line.at}\n${path}`),
    path,
    registeredAt: line.at,
    spentSeconds: null,
    traits: traitsOf({ caller: callerOf(line), referrer: line.referrer, query, ownOrigins, country }),
    visitor: null,
  };
}

/** Why it is no view of a page by a reader; null where it is one. */
function reasonAgainst(line: LogLine, { hosts, also }: Rules): string | null {
  if (line.method !== 'GET') return 'the request is no GET';
  if (!isAnswered(line.status)) return 'the status of the answer is none from 200 to 299, and not 304';
  if (!line.target.startsWith('/')) return 'the path does not begin with a slash';
  if (!isPagePath(partsOf(line.target).path, also)) return 'the path is one of a file, not of a page';
  if (line.host !== null && !hosts.has(line.host.toLowerCase())) return 'the host is not one of the site';
  if (!line.saysUserAgent) return 'the line has no user agent, which tells readers from programs';
  const reason = isLibrary(line.userAgent) ? 'crawler' : filterReason(callerOf(line));
  return reason === null ? null : `its user agent is that of a program (${reason})`;
}

/** What the browser has already is answered with 304. */
function isAnswered(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304;
}

/** Whoever sent the request, as far as a log says it. */
function callerOf({ address, userAgent }: LogLine): Caller {
  return {
    address,
    userAgent,
    origin: null,
    claimed: null,
    addressShared: false,
    languages: null,
    country: null,
    globalPrivacyControl: false,
    doNotTrack: false,
    token: null,
    hints: { purpose: null, fetchSite: null, brands: null, mobile: null, platform: null },
  };
}
