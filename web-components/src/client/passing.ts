import type { OxicountError } from '@oxicount/sdk/slim';

const CODES: readonly string[] = ['NETWORK', 'TIMEOUT', 'UNAVAILABLE', 'RATE_LIMITED'];

/** Whether what went wrong may be well again by itself, so that it is worth asking later. */
export function isPassing({ code }: Pick<OxicountError, 'code'> | { readonly code: string }): boolean {
  return CODES.includes(code);
}
