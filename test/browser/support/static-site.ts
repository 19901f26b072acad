import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that a test started on a free port. */
export interface TestServer {
  /** Its origin. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves pages by their path, each with a title, an empty icon and the given HTML, from an origin of its own.
 *
 * @param pages HTML by path; another path answers 404
 */
export function serveStatic(pages: Record<string, string>): Promise<TestServer> {
  return serve((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const body = pages[path];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>${path}</title>${body ?? ''}`,
    );
  });
}

/** Listens on a free port of this machine. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
