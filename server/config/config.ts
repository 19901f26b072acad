import { resolve } from 'node:path';
import type { LimitSettings } from '../domain/limits.ts';
import type { SiteDeclaration } from '../domain/site.ts';
import type { NewSiteDefaults } from '../domain/site-input.ts';
import type { LogLevel } from '../log.ts';
import type { SocketAddress } from './address.ts';
import { check, defaultOf, type Values } from './check.ts';
import { ConfigError, type Report } from './config-error.ts';
import { readConfigFile } from './config-file.ts';
import type { CountryDatabase } from './country-database.ts';
import type { Database } from './database.ts';
import type { AllGiven, Environment, GivenValues } from './given.ts';
import { limitsOf } from './limits.ts';
import type { HeaderField } from './otlp.ts';
import type { Redis } from './redis.ts';
import { chooseDatabase, chooseTimeZone } from './rivals.ts';
import { declareSites, distinct } from './sites.ts';
import { configFileVariable, readVariables } from './variables.ts';
import { chooseWorkers } from './workers.ts';

export type { NewSiteDefaults } from '../domain/site-input.ts';
export { ConfigError } from './config-error.ts';
export { type Origins, originsOf } from './origins.ts';
export { type Setting, settings } from './settings.ts';

/** Where traces go. */
export interface TracingSettings {
  readonly url: string;
  readonly headers: readonly HeaderField[];
  /** 1 to 100. */
  readonly samplePercent: number;
}

/** Everything an owner can set, checked, with defaults filled in, and frozen through and through. */
export interface Config extends NewSiteDefaults {
  readonly socketAddress: SocketAddress;
  /** Processes that share the address, 1 to 64; 1 with SQLite. */
  readonly workers: number;
  /** Origin where browsers reach the instance; null: `http://` and the address it listens on. */
  readonly baseUrl: string | null;
  readonly database: Database;
  /** What replicas tell each other over; null where there is one process only. */
  readonly redis: Redis | null;
  /** The first seals visit ids, all of them open; empty: generated and kept in the database. */
  readonly secrets: readonly string[];
  /** May read everything; null where nobody may read more than anybody. */
  readonly adminToken: string | null;
  /** Addresses, ranges in CIDR notation, and the names of ranges that `trusted_proxies` has. */
  readonly trustedProxies: readonly string[];
  /** In lower case; null where no proxy says the country. */
  readonly countryHeader: string | null;
  readonly countryDatabase: CountryDatabase;
  /** Days within which a returning visitor is recognised, 1 to 30. */
  readonly visitorDays: number;
  /** Empty: the demo site. */
  readonly sites: readonly SiteDeclaration[];
  readonly limits: LimitSettings;
  /** Who reads `/metrics`. */
  readonly metrics: {
    /** Null: whoever administers the instance. */
    readonly token: string | null;
    /** Null: {@link Config.socketAddress}. */
    readonly address: SocketAddress | null;
  };
  /** Where traces go; null where none are made. */
  readonly tracing: TracingSettings | null;
  /** Whether webhooks may lead to plain http and to addresses of this machine and network. */
  readonly allowPrivateWebhooks: boolean;
  readonly log: {
    readonly level: LogLevel;
    /** Absolute path; null: standard output only. */
    readonly directory: string | null;
  };
}

/** What was found out about the configuration, be it right or not. */
export interface Examined {
  /** A sentence each, in the order they were found; no value of a secret is in them. */
  readonly mistakes: readonly string[];
  /** With the defaults instead of what is wrong; the database is null where it cannot be told which it is. */
  readonly config: Omit<Config, 'database'> & { readonly database: Database | null };
}

/**
 * Reads the configuration: defaults, over them the TOML file named by `OXICOUNT_CONFIG_FILE`, over that the
 * `OXICOUNT_*` variables. `OXITRAFFIC_*` variables stand in for absent ones. Relative paths start at the working
 * directory. Nothing is opened or created but the file that is read.
 *
 * @throws ConfigError with every mistake that was found; no value of a secret is in it
 */
export function loadConfig(env: Environment = process.env): Config {
  const { mistakes, config } = examineConfig(env);
  const { database } = config;
  if (mistakes.length > 0 || database === null) throw new ConfigError(mistakes);
  return Object.freeze({ ...config, database });
}

/** As {@link loadConfig}, for whoever goes on with what is right of it. Never throws. */
export function examineConfig(env: Environment = process.env): Examined {
  const mistakes: string[] = [];
  const report = (mistake: string) => {
    mistakes.push(mistake);
  };

  const given = readAll(env, report);
  const values = check(given.values, report);
  const defaults: NewSiteDefaults = {
    timeZone: chooseTimeZone(given.values, values, report),
    minDelaySecs: values.get('min_delay_secs') ?? defaultOf('min_delay_secs'),
    respectDnt: values.get('respect_dnt') ?? defaultOf('respect_dnt'),
    retentionDays: values.get('retention_days') ?? null,
    visibility: values.get('visibility') ?? defaultOf('visibility'),
    publicPages: distinct(values.get('public_pages') ?? []),
    publicFigures: distinct(values.get('public_figures') ?? []),
  };
  const database = chooseDatabase(given.values, values, report);
  const workers = chooseWorkers(given.values, values, database, report);
  const sites = declareSites(given, values, defaults, report);
  reportUntrustedCountry(given.values, values, report);

  const directory = values.get('logs_dir');
  return deepFreeze<Examined>({
    mistakes,
    config: {
      socketAddress: values.get('socket_address') ?? defaultOf('socket_address'),
      workers,
      baseUrl: values.get('base_url') ?? null,
      database: (given.complete && database) || null,
      redis: values.get('redis_url') ?? null,
      secrets: values.get('secret') ?? [],
      adminToken: values.get('admin_token') ?? null,
      ...defaults,
      trustedProxies: values.get('trusted_proxies') ?? [],
      countryHeader: values.get('country_header') ?? null,
      countryDatabase: values.get('country_database') ?? defaultOf('country_database'),
      visitorDays: values.get('visitor_days') ?? defaultOf('visitor_days'),
      sites,
      limits: limitsOf(values),
      metrics: {
        token: values.get('metrics_token') ?? null,
        address: values.get('metrics_address') ?? null,
      },
      tracing: tracingOf(values),
      allowPrivateWebhooks: values.get('private_webhooks') ?? defaultOf('private_webhooks'),
      log: {
        level: values.get('log_level') ?? defaultOf('log_level'),
        directory: directory === undefined ? null : resolve(directory),
      },
    },
  });
}

function readAll(env: Environment, report: Report): AllGiven & { readonly complete: boolean } {
  const named = configFileVariable(env);
  const file = named && readConfigFile(named.path, named.variable, report);
  const variables = readVariables(env, report);
  if (named && !file) {
    // What belongs together may stand in the unreadable file: only what is wrong by itself is worth a word.
    check(variables, report);
    return { values: new Map(), sites: [], complete: false };
  }
  const values = new Map([...(file?.values ?? []), ...variables]);
  return { values, sites: file?.sites ?? [], complete: true };
}

/** Anybody can send the header; only a proxy that is trusted can be believed. */
function reportUntrustedCountry(given: GivenValues, values: Values, report: Report): void {
  const header = given.get('country_header');
  const wrong = given.has('trusted_proxies') && values.get('trusted_proxies') === undefined;
  if (!header || wrong || values.get('trusted_proxies')?.length) return;
  report(
    `trusted_proxies is missing: country_header ${header.source.label} is believed where a trusted proxy sends it`,
  );
}

function tracingOf(values: Values): TracingSettings | null {
  const endpoint = values.get('otlp_endpoint');
  if (endpoint === undefined) return null;
  return {
    url: `${endpoint}/v1/traces`,
    headers: values.get('otlp_headers') ?? [],
    samplePercent: values.get('otlp_sample_percent') ?? defaultOf('otlp_sample_percent'),
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
