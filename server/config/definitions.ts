import type { z } from 'zod';
import { NUMBERS } from '../domain/site-rules.ts';
import { baseUrl, databaseHost, origin, socketAddress } from './address.ts';
import { countryDatabase } from './country-database.ts';
import { databaseUrl, readReplicaUrl } from './database.ts';
import { endpoint, otlpHeader } from './otlp.ts';
import { pathPattern, publicPage } from './path-pattern.ts';
import {
  directory,
  figures,
  headerName,
  line,
  logLevel,
  name,
  secret,
  slug,
  token,
  visibility,
} from './phrases.ts';
import { redisUrl } from './redis.ts';
import { boolean, integer, list, type Shape } from './shape.ts';
import { timeZone } from './time-zone.ts';
import { trustedProxy } from './trusted-proxy.ts';

/** What is to know about one key. */
interface Definition {
  readonly shape: Shape<unknown>;
  /** Taken where the key is absent, written as in an environment variable. */
  readonly default?: string;
  /** What holds where the key is absent and there is no fixed default. */
  readonly otherwise?: string;
  readonly description: string;
  /** Variable of others that is read where there is none of ours. */
  readonly standIn?: string;
  /** The value never appears in a message. */
  readonly hidden?: true;
}

/** 0 is as much as there is. */
const budget = integer(0, 10_000_000);

/** Every key there is. Checks, variables, defaults and documentation all come from here. */
export const definitions = {
  socket_address: {
    shape: socketAddress,
    default: '127.0.0.1:8080',
    description: 'Where to listen. Port 0 takes any free port.',
  },
  workers: {
    shape: integer(1, 64),
    default: '1',
    description: 'Processes that share the port; more than one with PostgreSQL only.',
  },
  base_url: {
    shape: baseUrl,
    otherwise: 'the address it listens on',
    description: 'Where browsers reach this instance, with its path where it has one.',
  },
  tracked_origin: {
    shape: list(origin),
    otherwise: 'the demo pages',
    description: 'Where the tracked site is served; several for one site with several base URLs.',
  },
  tracked_origin_callback: {
    shape: origin,
    otherwise: 'the first `tracked_origin`',
    description: 'Where the tracked site is asked whether a page exists.',
  },
  min_delay_secs: {
    shape: integer(NUMBERS.minDelaySecs.least, NUMBERS.minDelaySecs.most),
    default: '19',
    description: 'Visible seconds after which a visit counts.',
  },
  trusted_proxies: {
    shape: list(trustedProxy, 0),
    otherwise: 'none',
    description:
      'Addresses and ranges whose `X-Forwarded-For` is believed, or `loopback`, `linklocal`, `uniquelocal`.',
  },
  country_header: {
    shape: headerName,
    otherwise: 'none',
    description: 'Header in which a trusted proxy says the country, such as `CF-IPCountry`.',
  },
  country_database: {
    shape: countryDatabase,
    default: 'packaged',
    description: 'Where countries are looked up: an `.mmdb` file instead of the `packaged` one, or `none`.',
  },
  respect_dnt: {
    shape: boolean(),
    default: 'false',
    description: 'Whether `DNT: 1` makes a visit anonymous, as `Sec-GPC: 1` always does.',
  },
  'limits.tracking': {
    shape: budget,
    default: '1800',
    description:
      'Steps of visits and pixel views from one address. A visit has three or four; 0 is no limit.',
  },
  'limits.reads': {
    shape: budget,
    default: '3000',
    description: 'Questions for figures from one address; a heavy one counts as several. 0 is no limit.',
  },
  'limits.votes': {
    shape: budget,
    default: '60',
    description: 'Votes from one address; 0 is no limit.',
  },
  'limits.failed_tokens': {
    shape: budget,
    default: '30',
    description: 'Wrong tokens from one address, after which right ones are refused too; 0 is no limit.',
  },
  'limits.new_pages': {
    shape: budget,
    default: '120',
    description: 'Paths from one address that a site has to be asked for; 0 is no limit.',
  },
  'limits.new_pages_of_site': {
    shape: budget,
    default: '1200',
    description: 'Paths that one site has to be asked for, from all addresses together; 0 is no limit.',
  },
  'limits.subscriptions': {
    shape: budget,
    default: '500',
    description: 'Subscriptions that one address has open, and WebSockets for them; 0 is no limit.',
  },
  private_webhooks: {
    shape: boolean(),
    default: 'false',
    description: 'Whether webhooks may lead to plain http, and to addresses of this machine and network.',
  },
  visitor_days: {
    shape: integer(1, 30),
    default: '7',
    description: 'Days within which a returning visitor is recognised.',
  },
  retention_days: {
    shape: integer(NUMBERS.retentionDays.least, NUMBERS.retentionDays.most),
    otherwise: 'for ever',
    description: 'Days that visits are kept. Daily figures stay.',
  },
  visibility: {
    shape: visibility,
    default: 'public',
    description:
      'Who may read the figures: `public` for anybody, `private` for whoever has a token, `selected` for anybody some.',
  },
  public_pages: {
    shape: list(publicPage, 0),
    otherwise: 'all, and the site as a whole',
    description: 'Where `visibility` is `selected`: the pages whose figures are public, such as `/blog/*`.',
  },
  public_figures: {
    shape: list(figures, 0),
    otherwise: 'all',
    description: 'Where `visibility` is `selected`: the kinds of figures that are public.',
  },
  admin_token: {
    shape: token,
    otherwise: 'one is made at the first start, and printed once',
    description: 'Bearer token that may do everything; 20 characters or more.',
    hidden: true,
  },
  metrics_token: {
    shape: token,
    otherwise: 'whoever administers the instance',
    description: 'Bearer token that reads `/metrics` and nothing else; 20 characters or more.',
    hidden: true,
  },
  metrics_address: {
    shape: socketAddress,
    otherwise: '`socket_address`, with a token',
    description:
      'Where `/metrics` is instead, for whoever reaches it; with `metrics_token` for whoever sends that.',
  },
  otlp_endpoint: {
    shape: endpoint,
    standIn: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    otherwise: 'no traces',
    description:
      'Where traces are sent, as OTLP over HTTP, such as `http://127.0.0.1:4318`; `/v1/traces` is added.',
  },
  otlp_headers: {
    shape: list(otlpHeader, 0),
    standIn: 'OTEL_EXPORTER_OTLP_HEADERS',
    otherwise: 'none',
    description: 'What is sent with them, each as `name=value` with the value percent-encoded.',
    hidden: true,
  },
  otlp_sample_percent: {
    shape: integer(1, 100),
    default: '100',
    description: 'How many of a hundred requests are traced, where no trusted proxy says whether one is.',
  },
  database_url: {
    shape: databaseUrl,
    default: 'file:./data/oxicount.db',
    description: '`file:` and a path for SQLite, or `postgresql://user:password@host:5432/database`.',
    hidden: true,
  },
  database_read_url: {
    shape: readReplicaUrl,
    otherwise: 'the database itself',
    description: 'A replica of a PostgreSQL database, which statistics, lists and histories are read from.',
    hidden: true,
  },
  'db.host': {
    shape: databaseHost,
    otherwise: '`database_url`',
    description: 'Host of a PostgreSQL database, instead of `database_url`.',
  },
  'db.port': { shape: integer(1, 65_535), default: '5432', description: 'Its port.' },
  'db.username': {
    shape: line('the name of a database user'),
    otherwise: 'required with `db.host`',
    description: 'Its user.',
  },
  'db.password': {
    shape: line('a password'),
    otherwise: 'no password',
    description: "The user's password.",
    hidden: true,
  },
  'db.database': {
    shape: line('the name of a database'),
    otherwise: 'required with `db.host`',
    description: 'The name of the database.',
  },
  redis_url: {
    shape: redisUrl,
    otherwise: 'none: there is one process',
    description:
      'Redis for live events and limits of several replicas: `redis://:password@host:6379/0`, `rediss:` with TLS, or ' +
      '`redis+sentinel://:password@host:26379,host:26379/primary/0`.',
    hidden: true,
  },
  secret: {
    shape: list(secret),
    otherwise: 'generated, and kept in the database',
    description: 'Seals visit ids; 32 characters or more. Of several, the first seals and all of them open.',
    hidden: true,
  },
  logs_dir: {
    shape: directory,
    otherwise: 'no files',
    description: 'Directory for log files, besides the log on standard output.',
  },
  log_level: { shape: logLevel, default: 'info', description: 'The least level that is logged.' },
  time_zone: {
    shape: timeZone,
    default: 'UTC',
    description: 'Zone in which days begin, such as `Europe/Berlin` or `+02:00`.',
  },
  'utc_offset.hours': {
    shape: integer(-14, 14),
    otherwise: '`time_zone`',
    description: 'Hours of a fixed offset, instead of `time_zone`.',
  },
  'utc_offset.minutes': {
    shape: integer(-59, 59),
    default: '0',
    description: 'Its minutes; they take the sign of the hours.',
  },
  'sites.slug': { shape: slug, otherwise: 'required', description: 'Short name of a further site.' },
  'sites.name': {
    shape: name,
    otherwise: 'its slug',
    description: 'What the site is called.',
  },
  'sites.base_urls': {
    shape: list(origin),
    otherwise: 'required',
    description: 'Where the site is served, at least one.',
  },
  'sites.callback_origin': {
    shape: origin,
    otherwise: 'its first base URL',
    description: 'Where the site is asked whether a page exists.',
  },
  'sites.time_zone': {
    shape: timeZone,
    otherwise: "the instance's",
    description: "Zone in which the site's days begin.",
  },
  'sites.min_delay_secs': {
    shape: integer(NUMBERS.minDelaySecs.least, NUMBERS.minDelaySecs.most),
    otherwise: "the instance's",
    description: 'Visible seconds after which a visit of the site counts.',
  },
  'sites.respect_dnt': {
    shape: boolean(),
    otherwise: "the instance's",
    description: 'Whether `DNT: 1` makes a visit of the site anonymous.',
  },
  'sites.retention_days': {
    shape: integer(NUMBERS.retentionDays.least, NUMBERS.retentionDays.most),
    otherwise: "the instance's",
    description: 'Days that visits of the site are kept.',
  },
  'sites.visibility': {
    shape: visibility,
    otherwise: "the instance's",
    description: 'Who may read the figures of the site.',
  },
  'sites.public_pages': {
    shape: list(publicPage, 0),
    otherwise: "the instance's",
    description: 'Of a `selected` site: the pages whose figures are public.',
  },
  'sites.public_figures': {
    shape: list(figures, 0),
    otherwise: "the instance's",
    description: 'Of a `selected` site: the kinds of figures that are public.',
  },
  'sites.path_patterns': {
    shape: list(pathPattern, 0),
    otherwise: 'none',
    description: 'Patterns such as `/user/:id` or `/docs/*` that fold the paths they match into one page.',
  },
} as const satisfies Record<string, Definition>;

/** A key in TOML notation; those of one site of `[[sites]]` begin with `sites.` */
export type Key = keyof typeof definitions;
export type Value<K extends Key> = z.output<(typeof definitions)[K]['shape']['schema']>;

export function isKey(name: string): name is Key {
  return Object.hasOwn(definitions, name);
}

export function definitionOf(key: Key): Definition {
  return definitions[key];
}
