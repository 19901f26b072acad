import { DomainError } from './errors.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Why nothing stored can be or contain a text: it is too long, it has a control character, of which PostgreSQL takes
 * no NUL at all, or half a surrogate pair. Null where something can.
 */
export function textFlaw(text: string, maxLength: number): string | null {
  if (text.length > maxLength) return `is ${text.length} characters long; ${maxLength} are the most`;
  const shown = JSON.stringify(text.slice(0, 100));
  if (CONTROL.test(text)) return `is ${shown}; it must not have control characters`;
  if (!text.isWellFormed()) return `is ${shown}; it must not have half a surrogate pair`;
  return null;
}

/**
 * Refuses a text that has a {@link textFlaw}.
 * @param argument what the text is called in the refusal
 * @throws DomainError `INVALID_ARGUMENT`
 */
export function checkText(argument: string, text: string, maxLength: number): void {
  const flaw = textFlaw(text, maxLength);
  if (flaw !== null) throw new DomainError('INVALID_ARGUMENT', `${argument} ${flaw}.`);
}
