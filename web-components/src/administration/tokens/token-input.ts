import type { StatsFilter } from '../../widget/panel-element.ts';
import type { StatsRange } from '../../widget/range.ts';
import { expiryOf } from './expiry.ts';

/** Fields of the form, as the API names them. */
export const TOKEN_FIELDS: readonly string[] = ['name', 'scopes', 'site', 'expiresAt'];

/** What a token is to be good for, as `createToken` takes it. */
export interface TokenInput {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Undefined: all. */
  readonly site?: string | undefined;
  /** Undefined: never. */
  readonly expiresAt?: string | undefined;
  readonly filter?: StatsFilter | undefined;
  readonly range?: StatsRange | undefined;
}

/** What a form says of a token. */
export function tokenInputOf(form: FormData, now: Date): TokenInput {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: text('name'),
    scopes: form.getAll('scopes').map(String),
    site: text('site') || undefined,
    expiresAt: expiryOf(text('expiresAt'), text('lastDay'), now),
  };
}
