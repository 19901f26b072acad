/** Why a form was not taken. */
export interface Refusal {
  /** The field that it is about; undefined for the form. */
  readonly field: string | undefined;
  /** Where the field has several lines, which of them, from 1. */
  readonly line: number | undefined;
  /** The reason; of a field, what comes after its name: `is "x"; it should be ...`. */
  readonly reason: string;
}

const NAMED = /^(\w+)(?:\[(\d+)\])? ((?:is|has) [\s\S]+)$/;
/** What the service calls by another name than its input does. */
const NAMES: Readonly<Record<string, string>> = { slug: 'id' };

/** What a refusal of the service is about: its message begins with the name of the field where it is about one. */
export function refusalOf(
  { code, message }: { readonly code: string; readonly message: string },
  fields: readonly string[],
): Refusal {
  const [, named = '', index, reason] = NAMED.exec(message) ?? [];
  const field = NAMES[named] ?? named;
  const isOfField = code.startsWith('INVALID_') && fields.includes(field);
  if (!isOfField || reason === undefined) return { field: undefined, line: undefined, reason: message };
  return { field, line: index === undefined ? undefined : Number(index) + 1, reason };
}
