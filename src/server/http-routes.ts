/**
 * A small HTTP server of pages that can only be read. Owns: its socket. Invariants:
 *
 * 1. A page that fails answers 500 and disturbs nobody else.
 * 2. After `close` has resolved nothing listens and no connection is open.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpAddress } from './http-address.ts';
import { createServer } from './http-module.ts';
import { ServerError, ServerErrorCode } from './server-error.ts';

export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Pages by their path: `/metrics`. */
export type Routes = Readonly<Record<string, () => Page | Promise<Page>>>;

export const jsonPage = (status: number, value: unknown): Page => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

export interface ListeningServer {
  /** `http://127.0.0.1:9464`. */
  readonly url: string;
  close(): Promise<void>;
}

/** @throws ServerError WM7030 when the address cannot be listened on */
export async function listen(
  { host, port }: HttpAddress,
  routes: Routes,
  reportError: (error: unknown) => void,
): Promise<ListeningServer> {
  const server = createServer((request, response) => {
    answer(request, response, routes).catch((error: unknown) => {
      reportError(error);
      response.destroy();
    });
  });
  await opened(server, host, port);
  const { address, port: actual, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `The node cannot listen on ${host}:${port}: ${cause.message}`;
      const fix = 'Stop what listens there, or name another address with --http.';
      reject(new ServerError(ServerErrorCode.cannotListen, message, { cause, fix }));
    });
    server.listen(port, host, resolve);
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
  const page = await pageFor(request, routes);
  response.writeHead(page.status, {
    'content-type': page.contentType,
    'content-length': Buffer.byteLength(page.body),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : page.body);
}

async function pageFor({ method, url = '/' }: IncomingMessage, routes: Routes): Promise<Page> {
  const path = url.split('?', 1)[0]!;
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route === undefined) return jsonPage(404, { error: 'not found', pages: Object.keys(routes) });
  if (method !== 'GET' && method !== 'HEAD') return jsonPage(405, { error: 'only GET and HEAD' });
  try {
    return await route();
  } catch (error) {
    return jsonPage(500, { error: error instanceof Error ? error.message : String(error) });
  }
}
