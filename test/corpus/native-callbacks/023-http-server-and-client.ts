import { createServer, get } from 'node:http';
import { setImmediate as immediate } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
/** An async request handler, as servers call it. */
export default async function main() {
  const visits: string[] = [];
  const body = await new Promise<string>((resolve, reject) => {
    const server = createServer(async (request, response) => {
      visits.push(request.url ?? '');
      void immediate().then(() => response.end(`hello ${request.url} number ${visits.length}`));
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      get({ port, path: '/a', host: '127.0.0.1', agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => server.close(() => resolve(text)));
      }).on('error', reject);
    });
  });
  return { body, visits };
}
