import { type GraphQLFailure, ServiceError } from './service-error.ts';

/** A GraphQL operation and the endpoint that answers it. */
export interface Operation {
  /** Absolute address of the `/graphql` route. */
  readonly endpoint: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A GraphQL answer: data, failures, or both. */
export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFailure[];
}

/** Asks once and resolves to whatever GraphQL answered; rejects with a `ServiceError` when it did not answer. */
export type Ask = <Data>(operation: Operation, signal?: AbortSignal) => Promise<Answer<Data>>;

/** How long a question may take before the service counts as unreachable. */
const PATIENCE_MS = 15_000;

/** The fetch call for an operation. Nothing that could identify the reader goes along. */
export function requestFor(operation: Operation, accept: string, signal?: AbortSignal): Request {
  const { endpoint, query, variables = {} } = operation;
  return new Request(endpoint, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: signal ?? null,
  });
}

/** An `Ask` on top of the given `fetch`. */
export function createAsk(fetch: (request: Request) => Promise<Response>): Ask {
  return async <Data>(operation: Operation, signal?: AbortSignal) => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const until = signal ? AbortSignal.any([signal, patience]) : patience;
    const accept = 'application/graphql-response+json, application/json';
    let response: Response;
    let text: string;
    try {
      response = await fetch(requestFor(operation, accept, until));
      text = await response.text();
    } catch (cause) {
      throw new ServiceError('UNREACHABLE', 'The service did not answer.', { cause });
    }
    return answerIn<Data>(text, response.status);
  };
}

function answerIn<Data>(text: string, status: number): Answer<Data> {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)) {
      return answer as Answer<Data>;
    }
  } catch {
    // Not JSON: a proxy's error page, say. The status below tells more than the syntax error would.
  }
  throw new ServiceError('UNEXPECTED_ANSWER', `The service answered with status ${status} and no data.`);
}

/** The data of an operation; rejects with a `ServiceError` when there are failures, even beside partial data. */
export async function query<Data>(ask: Ask, operation: Operation, signal?: AbortSignal): Promise<Data> {
  const { data, errors } = await ask<Data>(operation, signal);
  if (errors?.length || data == null) throw ServiceError.from(errors ?? []);
  return data;
}
