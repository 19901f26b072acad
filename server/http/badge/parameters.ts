import type { FastifyRequest } from 'fastify';
import { BADGE_FIGURES, type BadgeQuestion } from '../../domain/badges.ts';
import { type Preset, presets } from '../../domain/statistics/preset.ts';
import { checkText } from '../../domain/text.ts';
import { oneOf, optionalParameter } from '../query.ts';
import { BADGE_STYLES, type Badge } from './badge.ts';
import { readColor } from './color.ts';

const MAX_LABEL_LENGTH = 64;
const DEFAULT_COLOR = 'blue';

/** Presets as they stand in URLs: `last-30-days`. */
const RANGES = new Map(
  (Object.keys(presets) as Preset[]).map((preset) => [preset.toLowerCase().replaceAll('_', '-'), preset]),
);

/**
 * What the badge of a request is to show: `site`, `path`, `of`, `range`.
 * @throws DomainError `INVALID_ARGUMENT`, which names the parameter
 */
export function readQuestion(request: FastifyRequest): BadgeQuestion & { readonly site: string | undefined } {
  const range = oneOf(request, 'range', [...RANGES.keys()]);
  return {
    site: optionalParameter(request, 'site'),
    path: optionalParameter(request, 'path'),
    of: oneOf(request, 'of', BADGE_FIGURES) ?? 'visits',
    range: range === undefined ? null : RANGES.get(range),
  };
}

/**
 * How it is to look: `label`, `color`, `labelColor`, `style`.
 * @throws DomainError `INVALID_ARGUMENT`, which names the parameter
 */
export function readLook(request: FastifyRequest): Partial<Badge> & Pick<Badge, 'color'> {
  const label = optionalParameter(request, 'label');
  if (label !== undefined) checkText('label', label, MAX_LABEL_LENGTH);
  const color = (name: string) => {
    const given = optionalParameter(request, name);
    return given === undefined ? undefined : readColor(name, given);
  };
  return {
    ...(label === undefined ? {} : { label }),
    color: color('color') ?? DEFAULT_COLOR,
    labelColor: color('labelColor'),
    style: oneOf(request, 'style', BADGE_STYLES),
  };
}
