import { parseDay } from '../domain/day.ts';
import type { Instant } from '../domain/instant.ts';

/** A line of an access log; null where it has a dash. */
export interface LogLine {
  /** `blog.example`, without a port; null where the line does not begin with it. */
  readonly host: string | null;
  readonly address: string;
  readonly at: Instant;
  /** `GET`; empty where the request was no HTTP. */
  readonly method: string;
  /** As it was asked for, with its query. */
  readonly target: string;
  readonly status: number;
  readonly referrer: string | null;
  readonly userAgent: string | null;
  /** Whether the line has a user agent, or a dash for none. */
  readonly saysUserAgent: boolean;
}

// Apache's `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"` and nginx's combined; Apache puts `%v:%p ` before
// it in vhost_combined, and ends after the size in common. Quotes within quotes have a backslash. What some add at the
// end, such as how long it took, is passed over.
const LINE =
  /^(?:([^\s:]+):\d+ )?(\S+) \S+ [^[]*?\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)\] "((?:[^"\\]|\\.)*)" (\d{3}) (?:\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?(?: .*)?$/;
const REQUEST = /^([A-Z]+) (\S+) HTTP\/\d/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads a line; null where it is none of the combined format or those around it. */
export function parseLogLine(text: string): LogLine | null {
  const found = LINE.exec(text);
  if (!found) return null;
  const [, host, address = '', day, month = '', year, time, hours, minutes, request = '', status, ...rest] =
    found;
  const [referrer, userAgent] = rest;
  const at = instantOf(`${year}-${numberOf(month)}-${day}`, `${time}${hours}:${minutes}`);
  if (at === null) return null;
  const [, method = '', target = ''] = REQUEST.exec(request) ?? [];
  return {
    host: host ?? null,
    address,
    at,
    method,
    target,
    status: Number(status),
    referrer: fieldValue(referrer),
    userAgent: fieldValue(userAgent),
    saysUserAgent: userAgent !== undefined,
  };
}

function numberOf(month: string): string {
  return String(MONTHS.indexOf(month) + 1).padStart(2, '0');
}

function instantOf(date: string, time: string): Instant | null {
  if (parseDay(date) === null) return null;
  const at = Date.parse(`${date}T${time}`);
  return Number.isNaN(at) ? null : at;
}

/** Apache writes `\"`, nginx `\x22`. */
function fieldValue(field: string | undefined): string | null {
  if (field === undefined || field === '-' || field === '') return null;
  if (!field.includes('\\')) return field;
  return field.replace(/\\x([0-9A-Fa-f]{2})|\\(.)/g, (_, code?: string, character?: string) =>
    code === undefined ? `${character}` : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
