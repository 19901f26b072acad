import { resolve } from 'node:path';
import { readConfigFile } from './config-file.ts';
import { definitionOf } from './definitions.ts';
import type { Environment } from './given.ts';
import { configFileVariable, readVariables } from './variables.ts';

/** Where the configuration comes from. */
export interface Origins {
  /** The file with the variable that names it; null where there is none. Its path is absolute. */
  readonly file: {
    readonly path: string;
    readonly variable: string;
    /** Its settings whose values are secrets, in TOML notation. */
    readonly secrets: readonly string[];
  } | null;
  /** The variables that say something, but for the one that names the file. */
  readonly variables: readonly string[];
  /** Variables of OxiTraffic that are read since those of this program are absent. */
  readonly inherited: readonly { readonly variable: string; readonly now: string }[];
}

/** Tells where the configuration comes from, and no value of it. Mistakes are those of {@link examineConfig}. */
export function originsOf(env: Environment = process.env): Origins {
  const ignore = () => {};
  const named = configFileVariable(env);
  const values = [...readVariables(env, ignore).values()];
  const variables = values.map(({ source }) => source.label.split(' ').at(-1) ?? '');
  const ofOxiTraffic = [...variables, ...(named === undefined ? [] : [named.variable])].filter((variable) =>
    variable.startsWith('OXITRAFFIC_'),
  );
  return {
    file: named === undefined ? null : { ...fileOf(named.path), variable: named.variable },
    variables,
    inherited: ofOxiTraffic.map((variable) => ({
      variable,
      now: variable.replace('OXITRAFFIC_', 'OXICOUNT_'),
    })),
  };

  function fileOf(path: string) {
    const keys = [...(readConfigFile(path, '', ignore)?.values.keys() ?? [])];
    return { path: resolve(path), secrets: keys.filter((key) => definitionOf(key).hidden) };
  }
}
