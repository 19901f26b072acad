import { readFile } from 'node:fs/promises';
import { serve, type TestServer } from './static-site.ts';

const COUNT_JS = new URL('../../../server/dist/public/count.js', import.meta.url);

/** An instance that writes down what its tracker sends, and finds everything fine. */
export interface Recorder extends TestServer {
  /**
   * What came, in order, as `METHOD route`. A preflight is an OPTIONS among them. What the browser gives a `Sec-Purpose`
   * has that after it.
   */
  requests: string[];
  /** Resolves once exactly these requests came, and fails when others do, or none for three seconds. */
  received(...requests: (string | RegExp)[]): Promise<void>;
}

/** Starts a recorder whose visits count after so many seconds. */
export async function startRecorder(minDelaySecs: number): Promise<Recorder> {
  const script = await readFile(COUNT_JS, 'utf8');
  const requests: string[] = [];
  let visits = 0;

  const server = await serve((request, response) => {
    const { method, url = '/' } = request;
    if (url === '/count.js') {
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
      response.end(script.replace('__OXICOUNT_BASE_URL__', server.url));
      return;
    }
    const purpose = request.headers['sec-purpose'];
    requests.push(`${method} ${url}${purpose ? ` (${purpose})` : ''}`);
    response.writeHead(200, {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'content-type': 'application/json',
    });
    response.end(
      url.startsWith('/register') ? JSON.stringify({ visitId: `v${++visits}`, minDelaySecs }) : '',
    );
  });

  return {
    ...server,
    requests,
    async received(...expected) {
      const deadline = performance.now() + 3_000;
      while (requests.length < expected.length && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      if (
        requests.length > expected.length ||
        !expected.every((request, index) => fits(request, requests[index]))
      ) {
        throw new Error(`Expected\n${expected.join('\n')}\nbut got\n${requests.join('\n')}`);
      }
    },
  };
}

function fits(expected: string | RegExp, request = ''): boolean {
  return typeof expected === 'string' ? expected === request : expected.test(request);
}
