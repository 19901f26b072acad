import type { Traits } from '../domain/dimensions/dimension.ts';
import { ANDROID, APPLE, BROWSERS, COMPUTERS, type Equipment, PRIVATE } from './browsers.ts';
import { COUNTRIES } from './countries.ts';
import { createTablePicker, type Picker } from './picker.ts';
import type { Random } from './random.ts';

/** Somebody with a browser. */
export interface Reader {
  /** Those that stay as they are, whatever link the reader comes by: referrer and campaign are null. */
  readonly traits: Traits;
  /** Asks not to be told apart. */
  readonly isAnonymous: boolean;
}

/** How many of those on Windows and Android use a browser that their country has for itself. */
const OWN_BROWSER = 0.3;
const UNKNOWN_LANGUAGE = 0.01;

/** Draws readers whose traits go together: those of a country have its languages, and what is sold there. */
export function createReaders(): Picker<Reader> {
  const countryOf = createTablePicker(
    COUNTRIES.map((country) => [
      { ...country, language: createTablePicker(Object.entries(country.languages)) },
      country.weight,
    ]),
  );
  const apple = createTablePicker(APPLE);
  const android = createTablePicker(ANDROID);
  const computer = createTablePicker(COMPUTERS);
  const mac: Equipment = { system: 'macOS', device: 'desktop' };
  const browserOn = new Map(Array.from(BROWSERS, ([system, shares]) => [system, createTablePicker(shares)]));

  function equipment(random: Random, country: (typeof COUNTRIES)[number]): Equipment {
    if (random.chance(country.mobile)) return random.chance(country.ios) ? apple(random) : android(random);
    return random.chance(country.mac) ? mac : computer(random);
  }

  return (random) => {
    const country = countryOf(random);
    const { system, device } = equipment(random, country);
    const hasOwn = country.browser !== undefined && (system === 'Windows' || system === 'Android');
    const usual = browserOn.get(system)?.(random) ?? null;
    const browser = hasOwn && random.chance(OWN_BROWSER) ? (country.browser ?? usual) : usual;
    return {
      traits: {
        referrer: null,
        campaign: null,
        country: country.code,
        browser,
        system,
        device,
        language: random.chance(UNKNOWN_LANGUAGE) ? null : country.language(random),
      },
      isAnonymous: random.chance(PRIVATE.get(browser) ?? 0),
    };
  };
}
