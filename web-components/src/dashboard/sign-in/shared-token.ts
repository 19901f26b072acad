/**
 * The token in the address of a link that was shared, `#token=...`, which is sent to no server. It is taken out of the
 * address, so that it is neither bookmarked nor passed on with what is on show. Undefined where there is none.
 */
export function takeSharedToken(): string | undefined {
  const { location, history } = globalThis;
  if (!location?.hash) return undefined;
  const parts = new URLSearchParams(location.hash.slice(1));
  const token = parts.get('token') ?? undefined;
  if (token === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
