/** The instance that served this script: the folder it lies in, which is where the instance's routes are. */
const servedFrom = new URL('.', import.meta.url).href;

/**
 * The base address of an instance, with a slash at its end.
 *
 * Without a `url`, or with one that is not an address, it is the instance that served this script. A relative `url`
 * counts from the page.
 */
export function instanceAt(url: string | null | undefined, page = globalThis.document?.baseURI): string {
  if (!url) return servedFrom;
  try {
    return new URL(url.endsWith('/') ? url : `${url}/`, page).href;
  } catch {
    return servedFrom;
  }
}

/** Where that instance answers GraphQL. */
export function endpointOf(instance: string): string {
  return new URL('graphql', instance).href;
}
