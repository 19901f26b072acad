import type { Changes } from '../domain/audit.ts';
import { wordOf } from './argument.ts';

/** What something was and is, for people: `name "Docs" -> "Handbook"; retention-days none -> 30`. */
export function describeChanges(changes: Changes): string {
  return Object.entries(changes)
    .map(([field, [before, after]]) => `${wordOf(field)} ${shown(before)} -> ${shown(after)}`)
    .join('; ');
}

function shown(value: unknown): string {
  return value === null ? 'none' : JSON.stringify(value);
}
