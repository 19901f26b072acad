import { resolve } from 'node:path';
import type { SiteDeclaration } from '../domain/site.ts';
import type { LogLevel } from '../log.ts';
import type { SocketAddress } from './address.ts';
import { check, defaultOf } from './check.ts';
import { ConfigError } from './config-error.ts';
import { readConfigFile } from './config-file.ts';
import type { Database } from './database.ts';
import type { AllGiven, Environment } from './given.ts';
import { chooseDatabase, chooseTimeZone } from './rivals.ts';
import { declareSites } from './sites.ts';
import { configFileVariable, readVariables } from './variables.ts';

export { ConfigError } from './config-error.ts';
export { type Setting, settings } from './settings.ts';

/** Everything an owner can set, checked, with defaults filled in, and frozen through and through. */
export interface Config {
  readonly socketAddress: SocketAddress;
  /** Origin where browsers reach the instance; null: `http://` and the address it listens on. */
  readonly baseUrl: string | null;
  readonly database: Database;
  /** The first seals visit ids, all of them open; empty: generated and kept in the database. */
  readonly secrets: readonly string[];
  /** IANA zone or fixed offset such as `+02:00`. */
  readonly timeZone: string;
  /** Visible seconds after which a visit counts. */
  readonly minDelaySecs: number;
  /** Empty: the demo site. */
  readonly sites: readonly SiteDeclaration[];
  readonly log: {
    readonly level: LogLevel;
    /** Absolute path; null: standard output only. */
    readonly directory: string | null;
  };
}

/**
 * Reads the configuration: defaults, over them the TOML file named by `OXICOUNT_CONFIG_FILE`, over that the
 * `OXICOUNT_*` variables. `OXITRAFFIC_*` variables stand in for absent ones. Relative paths start at the working
 * directory. Nothing is opened or created but the file that is read.
 *
 * @throws ConfigError with every mistake that was found; no value of a secret is in it
 */
export function loadConfig(env: Environment = process.env): Config {
  const mistakes: string[] = [];
  const report = (mistake: string) => {
    mistakes.push(mistake);
  };

  const given = readAll(env, report);
  const values = check(given.values, report);
  const timeZone = chooseTimeZone(given.values, values, report);
  const minDelaySecs = values.get('min_delay_secs') ?? defaultOf('min_delay_secs');
  const database = chooseDatabase(given.values, values, report);
  const sites = declareSites(given, values, { timeZone, minDelaySecs }, report);
  if (mistakes.length > 0 || !database) throw new ConfigError(mistakes);

  const directory = values.get('logs_dir');
  return deepFreeze<Config>({
    socketAddress: values.get('socket_address') ?? defaultOf('socket_address'),
    baseUrl: values.get('base_url') ?? null,
    database,
    secrets: values.get('secret') ?? [],
    timeZone,
    minDelaySecs,
    sites,
    log: {
      level: values.get('log_level') ?? defaultOf('log_level'),
      directory: directory === undefined ? null : resolve(directory),
    },
  });
}

function readAll(env: Environment, report: (mistake: string) => void): AllGiven {
  const named = configFileVariable(env);
  const file = named && readConfigFile(named.path, named.variable, report);
  const variables = readVariables(env, report);
  if (named && !file) {
    // What belongs together may stand in the unreadable file: only what is wrong by itself is worth a word.
    check(variables, report);
    return { values: new Map(), sites: [] };
  }
  return { values: new Map([...(file?.values ?? []), ...variables]), sites: file?.sites ?? [] };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
