import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Asked, FakeService } from './widgets-service.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const POLICY =
  "default-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};

/** How the instance behaves: as it should, never answering, without its database, or gone. */
export type Condition = 'well' | 'silent' | 'unavailable' | 'gone';

/** The pages and bundles of an instance as a browser gets them, in front of a service that is made up. */
export class FakeInstance {
  readonly service = new FakeService();
  /** Names of the GraphQL operations that were asked for. */
  readonly asked: string[] = [];
  #condition: Condition = 'well';
  readonly #bundles = bundle();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.writeHead(404).end());
  });

  async start(): Promise<void> {
    await this.#bundles;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Open streams do not survive a change. */
  set condition(condition: Condition) {
    this.#condition = condition;
    this.service.hangUp();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/graphql') return this.#graphql(request, response);
    const bundled = (await this.#bundles).get(pathname);
    const file = pathname === '/' || pathname === '/stats' ? 'pages/dashboard.html' : fileFor(pathname);
    const body = bundled ?? (await readFile(`${root}server/${file}`));
    const type = TYPES[(bundled ? pathname : file).split('.').at(-1) ?? ''] ?? 'text/plain';
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-security-policy', POLICY);
    response.writeHead(200, { 'content-type': type }).end(body);
  }

  async #graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'content-type');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (this.#condition === 'silent') return;
    if (this.#condition === 'gone') return void request.socket.destroy();
    if (this.#condition === 'unavailable') {
      const errors = [{ message: 'Database away', extensions: { code: 'UNAVAILABLE' } }];
      return void response
        .writeHead(503, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors }));
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    const { query, variables } = JSON.parse(text);
    const name = /^\s*\w+ (\w+)/.exec(query)?.[1] ?? '';
    this.asked.push(name);
    if (query.trimStart().startsWith('subscription')) return this.service.listen(variables, response, name);
    const answer = this.service.answer(name, variables as Asked);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }
}

function fileFor(pathname: string): string {
  if (!pathname.startsWith('/demo/')) return `pages${pathname}`;
  return pathname.endsWith('/') ? `${pathname.slice(1)}index.html` : pathname.slice(1);
}

async function bundle(): Promise<Map<string, string | Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: ['widgets', 'oxi-count', 'oxi-dashboard'].map(
      (name) => `${root}web-components/src/${name}.ts`,
    ),
    bundle: true,
    format: 'esm',
    write: false,
    outdir: '/',
  });
  const bundles = outputFiles.map(({ path, contents }) => [path, contents] as const);
  // The tracker is not what is tested here, but the pages name it.
  return new Map<string, string | Uint8Array>([...bundles, ['/count.js', '']]);
}
