/** Pages of HTTP, from a real server on loopback. Waits are counted, not waited. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { httpPageReader, nextByCursor, nextByNumber } from '../../../src/batch/items/index.ts';
import { pauseOf } from '../../../src/batch/items/read/http-pause.ts';
import { expectRestartsEverywhere, made, read } from './reading.ts';

const VALUES = Array.from({ length: 11 }, (_, index) => index);
let server: Server;
let base: string;
let requests: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse, url: URL) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url!);
    answer(request, response, new URL(request.url!, base));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  requests = [];
});

const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const items = VALUES.map((item) => ({ item }));

describe('ways to the next page', () => {
  test('the Link header, relative, among other links', async () => {
    answer = (_request, response, url) => {
      const from = Number(url.searchParams.get('from') ?? 0);
      const next =
        from + 4 < VALUES.length ? `, </list?from=${from + 4}>; title="a, b"; rel="next last"` : '';
      json(response, VALUES.slice(from, from + 4), { link: `</list>; rel="first"${next}` });
    };
    expect(await expectRestartsEverywhere(httpPageReader({ url: `${base}/list` }))).toEqual(items);
  });

  test('page numbers, until a page is empty', async () => {
    answer = (_request, response, url) => {
      const page = Number(url.searchParams.get('page') ?? 1);
      json(response, { data: VALUES.slice((page - 1) * 3, page * 3) });
    };
    const make = httpPageReader({
      url: `${base}/list?size=3`,
      items: ({ body }) => (body as { data: number[] }).data,
      next: nextByNumber('page'),
    });
    expect(await expectRestartsEverywhere(make)).toEqual(items);
    expect(requests).toContain('/list?size=3&page=5');
  });

  test('cursors of the body; empty pages in between', async () => {
    const cursors = ['', 'b', 'c d', 'e'];
    answer = (_request, response, url) => {
      const at = cursors.indexOf(url.searchParams.get('cursor') ?? '');
      const data = [VALUES.slice(0, 4), [], VALUES.slice(4, 5), VALUES.slice(5)][at];
      json(response, { data, next: cursors[at + 1] ?? null });
    };
    const make = httpPageReader({
      url: `${base}/list`,
      items: ({ body }) => (body as { data: number[] }).data,
      next: nextByCursor('cursor', (body: { next: string | null }) => body.next),
    });
    expect(await expectRestartsEverywhere(make)).toEqual(items);
  });
});

describe('trouble', () => {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  beforeEach(() => {
    waits.length = 0;
  });

  test('429, 503 and no answer are tried again after as long as the server asks for', async () => {
    const troubles = [
      (response: ServerResponse) => response.writeHead(429, { 'retry-after': '7' }).end('slow down'),
      (response: ServerResponse) =>
        response
          .writeHead(503, {
            date: 'Wed, 21 Oct 2026 07:28:00 GMT',
            'retry-after': 'Wed, 21 Oct 2026 07:28:09 GMT',
          })
          .end(),
      (response: ServerResponse) => response.destroy(),
      (response: ServerResponse) => response.writeHead(500).end(),
    ];
    answer = (_request, response) => {
      const trouble = troubles.shift();
      if (trouble === undefined) json(response, VALUES);
      else trouble(response);
    };
    expect(await read(httpPageReader({ url: `${base}/list`, wait }))).toEqual(items);
    expect(waits).toEqual([7000, 9000, 2000, 4000]);
  });

  test('it ends after the retries, and at once for what a retry does not change', async () => {
    answer = (_request, response) => response.writeHead(503).end();
    expect(await read(httpPageReader({ url: `${base}/list`, wait, retries: 2 }))).toEqual([
      { error: expect.stringContaining('/list: 503') },
    ]);
    expect(waits).toHaveLength(2);
    answer = (_request, response) => response.writeHead(404).end();
    requests = [];
    expect(await read(httpPageReader({ url: `${base}/list`, wait }))).toEqual([
      { error: expect.stringContaining('/list: 404') },
    ]);
    expect(requests).toEqual(['/list']);
  });

  test('a user and a password of the address are sent, and neither stored nor shown', async () => {
    let seen: string | undefined;
    answer = (request, response) => {
      seen = request.headers.authorization;
      response.writeHead(401).end();
    };
    const reader = made(httpPageReader({ url: `${base.replace('//', '//me:s%20cret@')}/list` }));
    await reader.open(null);
    await expect((async () => reader.readItem())()).rejects.toThrow(`GET ${base}/list: 401`);
    expect(seen).toBe(`Basic ${btoa('me:s cret')}`);
    expect(reader.checkpointInfo()).toEqual({ at: { url: `${base}/list`, page: 0, taken: 0 } });
  });

  test('what lets us in is not sent to other servers', async () => {
    const seen: (string | undefined)[] = [];
    answer = (request, response, url) => {
      seen.push(request.headers.authorization);
      const other = `http://localhost:${new URL(base).port}/list?x=1`;
      json(response, [1], url.searchParams.has('x') ? {} : { link: `<${other}>; rel=next` });
    };
    expect(
      await read(httpPageReader({ url: `${base}/list`, headers: { authorization: 'Bearer 1' } })),
    ).toHaveLength(2);
    expect(seen).toEqual(['Bearer 1', undefined]);
  });

  test('an answer that is no page', async () => {
    answer = (_request, response) => response.writeHead(200).end('<html>');
    expect(await read(httpPageReader({ url: base, wait }))).toEqual([
      { error: expect.stringContaining('not JSON') },
    ]);
    answer = (_request, response) => json(response, { error: 'no' });
    expect(await read(httpPageReader({ url: base, wait }))).toEqual([
      { error: expect.stringContaining('no list of items') },
    ]);
  });

  test('a job that is asked to stop does not wait for the server', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    const reader = made(httpPageReader({ url: `${base}/list` }), { stopping: stop.signal });
    await reader.open(null);
    await expect((async () => reader.readItem())()).rejects.toMatchObject({ code: 'WM9607' });
    expect(requests).toHaveLength(1);
  });

  test('headers are sent with every request', async () => {
    const seen: (string | undefined)[] = [];
    answer = (request, response, url) => {
      seen.push(request.headers.authorization);
      json(response, [1], url.searchParams.has('x') ? {} : { link: '</list?x=1>; rel=next' });
    };
    await read(httpPageReader({ url: `${base}/list`, headers: () => ({ authorization: 'Bearer 1' }) }));
    expect(seen).toEqual(['Bearer 1', 'Bearer 1']);
  });

  test('pauses grow, and stay below the longest', () => {
    expect([0, 1, 2, 20].map((attempt) => pauseOf(undefined, attempt, 60_000))).toEqual([
      500, 1000, 2000, 60_000,
    ]);
    expect(pauseOf(new Response(null, { headers: { 'retry-after': '900' } }), 0, 60_000)).toBe(60_000);
    expect(pauseOf(new Response(null, { headers: { 'retry-after': 'soon' } }), 0, 60_000)).toBe(500);
  });
});
