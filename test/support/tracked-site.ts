import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real site on an origin of its own, which a service is asked to count. */
export interface TrackedSite {
  /** Its origin. */
  readonly url: string;
  /** URLs that were asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Answers 200 for the paths it has and 404 for all others. */
export async function startTrackedSite(paths: readonly string[]): Promise<TrackedSite> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    requests.push(url);
    response.statusCode = paths.includes(url) ? 200 : 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
