/** The language an element is written in: its own `lang`, the nearest ancestor's, or undefined for the browser's. */
export function languageOf(element: Element): string | undefined {
  // Outside of a browser an element has no ancestors.
  const own = element.getAttribute('lang');
  const lang = own ?? element.closest?.('[lang]')?.getAttribute('lang') ?? undefined;
  try {
    return lang && Intl.getCanonicalLocales(lang)[0];
  } catch {
    // A page may name a language that is none; its numbers should still appear.
    return undefined;
  }
}
