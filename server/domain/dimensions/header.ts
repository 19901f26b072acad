/** Longest header that is looked at, in characters: browsers stay far below. What is longer is as good as absent. */
export const MAX_HEADER_LENGTH = 1024;

/** Most answers that are remembered for one header. Real readers send few different ones, and the same again and again. */
export const REMEMBERED_HEADERS = 2_000;

/** The part of a header that is looked at; empty where there is none. */
export function startOf(header: string | null): string {
  return header?.slice(0, MAX_HEADER_LENGTH) ?? '';
}
