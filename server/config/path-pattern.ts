import { normalisePath } from '../domain/path.ts';
import { type Shape, text } from './shape.ts';

/** A pattern in the spelling that pages have, so that it can match them. */
export const pathPattern: Shape<string> = text(
  'a path such as /user/:id or /docs/*, where * is the last segment',
  (given) => {
    if (given === '' || given === '/') return undefined;
    const pattern = normalised(given);
    const segments = pattern?.split('/').slice(1) ?? [];
    const last = segments.length - 1;
    const wellFormed = segments.every(
      (segment, index) =>
        segment !== '' && segment !== ':' && (!segment.includes('*') || (segment === '*' && index === last)),
    );
    return wellFormed ? pattern : undefined;
  },
);

function normalised(given: string): string | undefined {
  try {
    return normalisePath(given).page;
  } catch {
    return undefined;
  }
}
