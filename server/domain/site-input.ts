import { DomainError } from './errors.ts';
import type { FigureKind, SiteDeclaration, Visibility } from './site.ts';
import {
  figureKindRule,
  NUMBERS,
  nameRule,
  originRule,
  pathPatternRule,
  publicPageRule,
  type Rule,
  slugRule,
  timeZoneRule,
  visibilityRule,
} from './site-rules.ts';

/** Most base URLs, patterns and chosen pages that a site can have. */
export const MAX_LIST = 100;

/** What a new site takes from the instance where nothing is said. */
export type NewSiteDefaults = Pick<
  SiteDeclaration,
  | 'timeZone'
  | 'minDelaySecs'
  | 'respectDnt'
  | 'retentionDays'
  | 'visibility'
  | 'publicPages'
  | 'publicFigures'
>;

/** What an owner says of a site. What is left out, or null, stays as it is. */
export interface SiteInput {
  readonly slug?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly baseUrls?: readonly string[] | null | undefined;
  readonly callbackOrigin?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly minDelaySecs?: number | null | undefined;
  readonly pathPatterns?: readonly string[] | null | undefined;
  readonly respectDnt?: boolean | null | undefined;
  /** 0 keeps visits for ever. */
  readonly retentionDays?: number | null | undefined;
  readonly visibility?: Visibility | null | undefined;
  readonly publicPages?: readonly string[] | null | undefined;
  readonly publicFigures?: readonly FigureKind[] | null | undefined;
}

/**
 * A site with what an owner says of it.
 * @param before what holds where nothing is said
 * @throws DomainError `INVALID_ARGUMENT`, which names the field
 */
export function readSite(input: SiteInput, before: SiteDeclaration): SiteDeclaration {
  const baseUrls = list('baseUrls', input.baseUrls, originRule) ?? before.baseUrls;
  if (baseUrls.length === 0) {
    throw invalid('baseUrls is empty; a site is served from at least one, such as https://example.com.');
  }
  return {
    slug: one('slug', input.slug, slugRule) ?? before.slug,
    name: one('name', input.name, nameRule) ?? before.name,
    baseUrls,
    callbackOrigin: one('callbackOrigin', input.callbackOrigin, originRule) ?? before.callbackOrigin,
    timeZone: one('timeZone', input.timeZone, timeZoneRule) ?? before.timeZone,
    minDelaySecs: whole('minDelaySecs', input.minDelaySecs) ?? before.minDelaySecs,
    pathPatterns: list('pathPatterns', input.pathPatterns, pathPatternRule) ?? before.pathPatterns,
    respectDnt: input.respectDnt ?? before.respectDnt,
    retentionDays:
      input.retentionDays === 0
        ? null
        : (whole('retentionDays', input.retentionDays) ?? before.retentionDays),
    visibility: one('visibility', input.visibility, visibilityRule) ?? before.visibility,
    publicPages: list('publicPages', input.publicPages, publicPageRule) ?? before.publicPages,
    publicFigures: list('publicFigures', input.publicFigures, figureKindRule) ?? before.publicFigures,
  };
}

/**
 * A site that was not there before. Its name is its slug, and its callback origin its first base URL, where nothing
 * is said.
 * @param defaults what else holds where nothing is said
 * @throws DomainError `INVALID_ARGUMENT`, which names the field
 */
export function readNewSite(input: SiteInput, defaults: NewSiteDefaults): SiteDeclaration {
  const slug = one('slug', input.slug, slugRule);
  if (slug === undefined) throw invalid(`slug is missing; it should be ${slugRule.right}.`);
  const baseUrls = list('baseUrls', input.baseUrls, originRule) ?? [];
  return readSite(input, {
    ...defaults,
    slug,
    name: slug,
    baseUrls,
    callbackOrigin: baseUrls[0] ?? '',
    pathPatterns: [],
  });
}

function one<T>(field: string, given: string | null | undefined, rule: Rule<T>): T | undefined {
  if (given === null || given === undefined) return undefined;
  const value = rule.read(given);
  if (value === undefined) throw wrong(field, given, rule.right);
  return value;
}

function list<T>(field: string, given: readonly string[] | null | undefined, rule: Rule<T>): T[] | undefined {
  if (given === null || given === undefined) return undefined;
  if (given.length > MAX_LIST) throw invalid(`${field} has ${given.length}; ${MAX_LIST} are the most.`);
  const values = given.map((value, index) => one(`${field}[${index}]`, value, rule));
  return [...new Set(values)].filter((value) => value !== undefined);
}

function whole(field: keyof typeof NUMBERS, given: number | null | undefined): number | undefined {
  if (given === null || given === undefined) return undefined;
  const { least, most } = NUMBERS[field];
  if (!Number.isInteger(given) || given < least || given > most) {
    throw wrong(field, given, `a whole number from ${least} to ${most}`);
  }
  return given;
}

function wrong(field: string, given: unknown, right: string): DomainError {
  const shown = typeof given === 'string' ? given.slice(0, 100) : given;
  return invalid(`${field} is ${JSON.stringify(shown)}; it should be ${right}.`);
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
