import { DomainError } from './errors.ts';

/** Longest path that is taken, in characters, as given and as normalised. */
export const MAX_PATH_LENGTH = 1024;

/** A path that was checked. */
export interface NormalPath {
  /** What names the page: percent-encoded as URLs are, without trailing slashes, folded by the site's patterns. */
  readonly page: string;
  /** What the site is asked for: the same path as it was given, so that `/a/` asks for `/a/`. */
  readonly request: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// What RFC 3986 lets stand in a path segment besides percent-encoded bytes.
const ALLOWED_IN_SEGMENT = /[A-Za-z0-9\-._~!$&'()*+,;=:@]/;
const NORMAL_SEGMENT = new RegExp(`^${ALLOWED_IN_SEGMENT.source}*$`);

/**
 * Brings a path into the one form that names its page: percent-encoding as RFC 3986 normalises it (only what needs
 * it, upper-case digits), no trailing slash, paths with ids folded by the site's patterns.
 *
 * @throws DomainError `INVALID_PATH` for anything that could name another host, climb out of the site, hide a
 * character or not be a path at all
 */
export function normalisePath(given: string, patterns: readonly string[] = []): NormalPath {
  if (given === '') return { page: '/', request: '/' };
  if (given.length > MAX_PATH_LENGTH) {
    throw invalid(given, `is ${given.length} characters long; ${MAX_PATH_LENGTH} are the most`);
  }
  if (!given.isWellFormed()) throw invalid(given, 'has half a surrogate pair');
  if (!given.startsWith('/')) throw invalid(given, 'must begin with a slash');
  if (given.startsWith('//')) throw invalid(given, 'begins with two slashes, which names a host');
  if (given.includes('?')) throw invalid(given, 'has a query; only the part before ? is the path');
  if (given.includes('#')) throw invalid(given, 'has a fragment; only the part before # is the path');

  const request = given
    .split('/')
    .map((segment) => normaliseSegment(segment, given))
    .join('/');
  if (request.length > MAX_PATH_LENGTH) {
    throw invalid(
      given,
      `is ${request.length} characters long when encoded; ${MAX_PATH_LENGTH} are the most`,
    );
  }
  const trimmed = trimTrailingSlashes(request);
  return { page: patterns.find((pattern) => matchesPattern(pattern, trimmed)) ?? trimmed, request };
}

function normaliseSegment(segment: string, given: string): string {
  // Most are as they should be, which is seen in a tenth of the time.
  if (NORMAL_SEGMENT.test(segment) && segment !== '.' && segment !== '..') return segment;
  let decoded: string;
  try {
    decoded = decodeURIComponent(segment);
  } catch (cause) {
    throw invalid(given, 'has a percent sign that does not encode a character in UTF-8', cause);
  }
  if (CONTROL.test(decoded)) throw invalid(given, 'has a control character');
  if (decoded.includes('\\')) throw invalid(given, 'has a backslash, which some programs take for a slash');
  // A slash that is encoded stays encoded, yet what is around it must not climb either.
  if (decoded.split('/').some((part) => part === '.' || part === '..')) {
    throw invalid(given, 'has a . or .. segment');
  }
  return Array.from(decoded, (character) =>
    ALLOWED_IN_SEGMENT.test(character) ? character : encodeURIComponent(character),
  ).join('');
}

function trimTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** `:name` stands for one segment, a last `*` for all that follow, at least one; everything else for itself. */
export function matchesPattern(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const segments = path.split('/');
  const open = wanted.at(-1) === '*';
  if (open ? segments.length < wanted.length : segments.length !== wanted.length) return false;
  return wanted.every((part, index) => {
    if (part === '*' && index === wanted.length - 1) return true;
    return part.startsWith(':') ? segments[index] !== '' : part === segments[index];
  });
}

function invalid(path: string, problem: string, cause?: unknown): DomainError {
  const shown = path.length > 80 ? `${path.slice(0, 80)}...` : path;
  // JSON's escapes keep control characters and half surrogates out of logs and answers.
  return new DomainError(
    'INVALID_PATH',
    `The path ${JSON.stringify(shown)} ${problem}. A path is like /posts/hello.`,
    { cause },
  );
}
