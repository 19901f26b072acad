/** One error of a GraphQL answer, as far as these widgets look at it. */
export interface GraphQLFailure {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/**
 * Why the service gave no usable answer.
 *
 * `code` is the service's own (`UNAVAILABLE`, `SITE_NOT_FOUND`, ...) or one of two made here: `UNREACHABLE` when no
 * answer came at all, `UNEXPECTED_ANSWER` when what came is not GraphQL.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The error for the first of the failures in a GraphQL answer. */
  static from(failures: readonly GraphQLFailure[]): ServiceError {
    const [first] = failures;
    return new ServiceError(
      first?.extensions?.code ?? 'UNEXPECTED_ANSWER',
      first?.message ?? 'No reason given.',
    );
  }

  /** True when the same question may be answered later, so that asking again is worth it. */
  get passing(): boolean {
    return ['UNREACHABLE', 'UNEXPECTED_ANSWER', 'UNAVAILABLE', 'RATE_LIMITED'].includes(this.code);
  }
}
