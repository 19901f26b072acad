import type { ErrorCode } from './error-codes.ts';
import { OxicountError } from './oxicount-error.ts';

/** One of the errors in a GraphQL answer. */
export interface GraphQLFailure {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: { readonly code?: unknown; readonly retryAfterSecs?: unknown } | undefined;
}

/** A GraphQL answer: data, errors, or both. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFailure[] | undefined;
}

/** The data of an answer. @throws OxicountError for its first error, even where there is partial data */
export function dataOf({ data, errors }: Answer): unknown {
  const [failure] = errors ?? [];
  if (!failure) return data;
  const { message, path, extensions = {} } = failure;
  throw new OxicountError((extensions.code ?? 'INTERNAL_SERVER_ERROR') as ErrorCode, message, {
    path,
    retryAfterSecs: extensions.retryAfterSecs as number | undefined,
  });
}

/** The error for an answer that is not GraphQL: a proxy whose instance is away says so by its status. */
export function notGraphQL({ status, headers }: Pick<Response, 'status' | 'headers'>): OxicountError {
  const away = status === 429 || (status > 501 && status < 505);
  return new OxicountError(away ? 'UNAVAILABLE' : 'NETWORK', `No GraphQL but status ${status}.`, {
    retryAfterSecs: Number(headers.get('retry-after')) || undefined,
  });
}
