import type { CountData, CountVariables } from './generated/types.ts';
import type { OxicountError } from './oxicount-error.ts';
import type { Request, Variables } from './request.ts';
import type { RequestOptions } from './request-options.ts';
import type { TypedString } from './typed-string.ts';

/** Counts asked for in one request at most, so that a long list stays within the limits of an instance. */
const MOST = 50;

interface Call extends CountVariables {
  resolve(count: number): void;
  reject(error: unknown): void;
}

/**
 * A `count` that joins what is asked for before the present task ends: up to 50 counts travel as one request. A page
 * that the instance refuses fails alone. A call with options of its own travels on its own.
 *
 * @param site for calls that name none
 */
export function createCount(
  request: Request,
  document: TypedString<CountData, CountVariables>,
  site?: string,
): (variables?: CountVariables, options?: RequestOptions) => Promise<number> {
  const waiting: Call[] = [];

  return async (variables = {}, options) => {
    if (options) return (await request(document, variables, options)).count;
    return new Promise((resolve, reject) => {
      const call = { ...variables, site: variables.site ?? site, resolve, reject };
      if (waiting.push(call) > 1) return;
      queueMicrotask(() => {
        while (waiting.length > 0) void settle(request, waiting.splice(0, MOST));
      });
    });
  };
}

async function settle(request: Request, calls: readonly Call[]): Promise<void> {
  const document =
    `query CountOfPages(${calls.map((_, i) => `$s${i}:ID$p${i}:String$o${i}:Counted`).join('')}){${calls
      .map((_, i) => `c${i}:count(site:$s${i} path:$p${i} of:$o${i})`)
      .join(' ')}}` as TypedString<Record<string, number>, Variables>;
  const variables = Object.fromEntries(
    calls.flatMap(({ site, path, of }, i) => [
      [`s${i}`, site],
      [`p${i}`, path],
      [`o${i}`, of],
    ]),
  );
  try {
    const data = await request(document, variables);
    for (const [i, { resolve }] of calls.entries()) resolve(data[`c${i}`] as number);
  } catch (error) {
    const { code, path } = error as OxicountError;
    const refused = calls[Number(String(path?.[0]).slice(1))];
    // An instance stops at the first refusal. What it says of the site holds for all pages of that site.
    const stands = (call: Call) =>
      refused &&
      code !== 'INVALID_TOKEN' &&
      (code === 'INVALID_PATH' ? call !== refused : call.site !== refused.site);
    for (const call of calls) if (!stands(call)) call.reject(error);
    const left = calls.filter(stands);
    if (left.length > 0) await settle(request, left);
  }
}
