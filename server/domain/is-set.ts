/** Whether an argument was given: GraphQL takes null for one that was not. */
export function isSet<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
