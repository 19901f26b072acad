import type { SiteDeclaration } from '../../../server/domain/site.ts';
import { checkColumns, type Table } from './tables.ts';

/** How the site of the examples is counted. */
export interface Settings {
  readonly site: SiteDeclaration;
  readonly visitorDays: number;
}

const NOTHING_SET: Settings = {
  site: {
    slug: 'blog',
    name: 'Blog',
    baseUrls: [],
    callbackOrigin: '',
    timeZone: '',
    minDelaySecs: 0,
    pathPatterns: [],
    respectDnt: false,
    retentionDays: null,
    visibility: 'public',
    publicPages: [],
    publicFigures: [],
  },
  visitorDays: 0,
};

/** Settings as the page calls them. Each returns what it changes. */
const NAMES: Readonly<Record<string, (value: string, settings: Settings) => Partial<Settings>>> = {
  base_url: (value, { site }) => ({ site: { ...site, baseUrls: [value], callbackOrigin: value } }),
  time_zone: (value, { site }) => ({ site: { ...site, timeZone: value } }),
  min_delay_secs: (value, { site }) => ({ site: { ...site, minDelaySecs: numberOf(value) } }),
  visitor_days: (value) => ({ visitorDays: numberOf(value) }),
  respect_dnt: (value, { site }) => ({ site: { ...site, respectDnt: truthOf(value) } }),
  retention_days: (value, { site }) => ({
    site: { ...site, retentionDays: value === 'for ever' ? null : numberOf(value) },
  }),
  path_patterns: (value, { site }) => ({
    site: { ...site, pathPatterns: value === 'none' ? [] : value.split(', ') },
  }),
};

/** @throws Error where one of them is missing */
export function readSettings(table: Table): Settings {
  checkColumns(table, ['setting', 'in the examples']);
  const missing = Object.keys(NAMES).filter((name) => !table.rows.some((row) => row('setting') === name));
  if (missing.length > 0) throw new Error(`The examples do not say ${missing.join(', ')}.`);
  return table.rows.reduce(
    (settings, row) => withSetting(settings, row('setting'), row('in the examples')),
    NOTHING_SET,
  );
}

/** @throws Error for a setting or a value that is not known */
export function withSetting(settings: Settings, name: string, value: string): Settings {
  const change = NAMES[name];
  if (!change) throw new Error(`Nobody knows the setting ${name}.`);
  return { ...settings, ...change(value, settings) };
}

function numberOf(value: string): number {
  if (!/^\d+$/.test(value)) throw new Error(`${value} is no number.`);
  return Number(value);
}

function truthOf(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Error(`${value} is neither true nor false.`);
  return value === 'true';
}
