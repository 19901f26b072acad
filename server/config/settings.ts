import { definitionOf, definitions, isKey } from './definitions.ts';

/** A setting as the documentation shows it. */
export interface Setting {
  /** In TOML notation, such as `db.host`; keys of `[[sites]]` begin with `sites.` */
  readonly key: string;
  /** The environment variable that overrides the file; null for the keys of `[[sites]]`. */
  readonly variable: string | null;
  /** What a value looks like: completes "it should be ...". */
  readonly shape: string;
  /** The default as it would be written in a variable, or what holds instead of one, in words. */
  readonly default: string;
  readonly description: string;
}

/** Every setting there is, in the order of the documentation. */
export const settings: readonly Setting[] = Object.keys(definitions)
  .filter(isKey)
  .map((key) => {
    const { shape, default: fixed, otherwise, description } = definitionOf(key);
    return {
      key,
      variable: key.startsWith('sites.') ? null : `OXICOUNT_${variableSuffix(key)}`,
      shape: shape.right,
      default: fixed ?? otherwise ?? '',
      description,
    };
  });

function variableSuffix(key: string): string {
  return key.toUpperCase().replaceAll('.', '__');
}
