/**
 * The address that opens the dashboard with a token. What follows the # is sent to no server.
 * @param site the slug of the site on show; null for any
 */
export function sharedLink(baseUrl: string, site: string | null, token: string): string {
  return `${baseUrl}/${site === null ? '' : `?site=${site}`}#token=${token}`;
}
