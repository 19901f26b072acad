import { resolve } from 'node:path';
import { type Shape, text } from './shape.ts';

/** Where countries are looked up: the table that comes with the program, nowhere, or a file at an absolute path. */
export type CountryDatabase = 'packaged' | 'none' | { readonly file: string };

export const countryDatabase: Shape<CountryDatabase> = text(
  'the path of an .mmdb file, packaged, or none',
  (given) => {
    if (given === 'packaged' || given === 'none') return given;
    // Told by its name, so that what was meant as another word is not taken for a file that is missing.
    const named = /[^/\\]\.mmdb$/i.test(given) && !/\p{Cc}/u.test(given) && given.isWellFormed();
    return named ? { file: resolve(given) } : undefined;
  },
);
