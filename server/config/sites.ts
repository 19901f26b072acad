import type { SiteDeclaration } from '../domain/site.ts';
import type { NewSiteDefaults } from '../domain/site-input.ts';
import { check, type Values } from './check.ts';
import type { Report } from './config-error.ts';
import { definitionOf, type Key } from './definitions.ts';
import type { AllGiven, GivenSite } from './given.ts';

/** A declared site, and the words that messages use for it. */
interface Declared {
  readonly site: SiteDeclaration;
  readonly name: string;
  readonly label: string;
}

/** The site of `tracked_origin`, then those of `[[sites]]`; reports what is missing or declared twice. */
export function declareSites(
  given: AllGiven,
  values: Values,
  defaults: NewSiteDefaults,
  report: Report,
): SiteDeclaration[] {
  const declared = [
    trackedSite(given, values, defaults, report),
    ...given.sites.map((site) => declaredSite(site, defaults, report)),
  ].filter((site) => site !== undefined);
  reportTwice(declared, report);
  return declared.map(({ site }) => site);
}

function trackedSite(
  given: AllGiven,
  values: Values,
  defaults: NewSiteDefaults,
  report: Report,
): Declared | undefined {
  const callback = given.values.get('tracked_origin_callback');
  const tracked = given.values.get('tracked_origin');
  if (callback && !tracked) {
    report(`tracked_origin is missing: tracked_origin_callback ${callback.source.label} belongs to it`);
  }
  const baseUrls = distinct(values.get('tracked_origin') ?? []);
  const [first] = baseUrls;
  if (first === undefined || !tracked) return undefined;
  const site = {
    ...defaults,
    slug: 'default',
    name: new URL(first).host,
    baseUrls,
    callbackOrigin: values.get('tracked_origin_callback') ?? first,
    pathPatterns: [],
  };
  return { site, name: 'tracked_origin', label: tracked.source.label };
}

function declaredSite(given: GivenSite, defaults: NewSiteDefaults, report: Report): Declared | undefined {
  const values = check(given.values, report);
  reportMissing(given, ['sites.slug', 'sites.base_urls'], report);
  const slug = values.get('sites.slug');
  const baseUrls = distinct(values.get('sites.base_urls') ?? []);
  const [first] = baseUrls;
  if (slug === undefined || first === undefined) return undefined;
  const site = {
    slug,
    name: values.get('sites.name') ?? slug,
    baseUrls,
    callbackOrigin: values.get('sites.callback_origin') ?? first,
    timeZone: values.get('sites.time_zone') ?? defaults.timeZone,
    minDelaySecs: values.get('sites.min_delay_secs') ?? defaults.minDelaySecs,
    pathPatterns: distinct(values.get('sites.path_patterns') ?? []),
    respectDnt: values.get('sites.respect_dnt') ?? defaults.respectDnt,
    retentionDays: values.get('sites.retention_days') ?? defaults.retentionDays,
    visibility: values.get('sites.visibility') ?? defaults.visibility,
    publicPages: distinct(values.get('sites.public_pages') ?? defaults.publicPages),
    publicFigures: distinct(values.get('sites.public_figures') ?? defaults.publicFigures),
  };
  return { site, name: given.name, label: given.source.label };
}

function reportMissing({ name, source, values }: GivenSite, keys: readonly Key[], report: Report): void {
  for (const key of keys) {
    if (values.has(key)) continue;
    const missing = key.replace('sites', name);
    report(`${missing} is missing ${source.label}: it should be ${definitionOf(key).shape.right}`);
  }
}

// Every slug names one site, and every origin belongs to one: the tracker is told apart by nothing else.
function reportTwice(declared: readonly Declared[], report: Report): void {
  const slugs = new Map<string, string>();
  const origins = new Map<string, string>();
  for (const { site, name, label } of declared) {
    const namesake = slugs.get(site.slug);
    if (namesake !== undefined) {
      report(`${name}.slug ${label} is "${site.slug}": it should be one that ${namesake} does not have`);
    }
    slugs.set(site.slug, name);
    for (const origin of site.baseUrls) {
      const owner = origins.get(origin);
      if (owner !== undefined) {
        report(
          `${name}.base_urls ${label} has "${origin}": it should be in one site only, and ${owner} has it`,
        );
      }
      origins.set(origin, name);
    }
  }
}

/** Each once, in the order they came. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
