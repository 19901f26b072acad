import { definitionOf, definitions, isKey } from './definitions.ts';

/** A setting as the documentation shows it. */
export interface Setting {
  /** In TOML notation, such as `db.host`; keys of `[[sites]]` begin with `sites.` */
  readonly key: string;
  /** The environment variable that overrides the file; null for the keys of `[[sites]]`. */
  readonly variable: string | null;
  /** The variable that names a file with the value, as secrets of containers are; null for what is no secret. */
  readonly fileVariable: string | null;
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
    const { shape, default: fixed, otherwise, description, hidden = false } = definitionOf(key);
    const variable = key.startsWith('sites.') ? null : `OXICOUNT_${variableSuffix(key)}`;
    return {
      key,
      variable,
      fileVariable: hidden && variable !== null ? `${variable}_FILE` : null,
      shape: shape.right,
      default: fixed ?? otherwise ?? '',
      description,
    };
  });

function variableSuffix(key: string): string {
  return key.toUpperCase().replaceAll('.', '__');
}
