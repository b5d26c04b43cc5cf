/** NATS servers that want to know who we are, that are late, go away, or do not read. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, headers as natsHeaders } from '@nats-io/transport-node';
import { createAccount, createOperator, createUser } from '@nats-io/nkeys';
import { afterEach, expect, test } from 'vitest';
import { awaitReply } from '../../src/transport/await-reply.ts';
import {
  openNatsTransport,
  type NatsState,
  type NatsTransportOptions,
} from '../../src/transport/nats/open-nats-transport.ts';
import type { Message, Transport } from '../../src/transport/transport.ts';
import { makeCertificates } from '../servers/certificates.ts';
import { NatsServer } from '../servers/nats-server.ts';
import { until } from './conformance.ts';

const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  cleanups.length = 0;
});

async function server(configuration = '', start = true): Promise<NatsServer> {
  const opened = await NatsServer.open({ configuration, start });
  cleanups.push(() => opened.remove());
  return opened;
}

function open(options: NatsTransportOptions): {
  transport: Transport & { state: NatsState };
  connected: Promise<void>;
  states: NatsState[];
  errors: unknown[];
} {
  const states: NatsState[] = [];
  const errors: unknown[] = [];
  const opened = openNatsTransport({
    onState: (state) => states.push(state),
    onError: (error) => errors.push(error),
    ...options,
  });
  cleanups.push(() => opened.transport.close());
  return { ...opened, states, errors };
}

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wm-nats-'));
  cleanups.push(() => rm(directory, { recursive: true }));
  return directory;
}

/** One request to oneself: authenticated, subscribed, published, replied. */
async function works(options: NatsTransportOptions): Promise<void> {
  const { transport, connected } = open(options);
  await connected;
  await transport.subscribe('echo', {}, (message) => void transport.publish(message.replyTo!, message.data));
  const reply = await awaitReply(transport, 'echo', bytes('hello'), { timeout: 10_000 });
  expect(text(reply.data)).toBe('hello');
}

/** What the state says when the server turns us away. */
async function refused(options: NatsTransportOptions): Promise<string> {
  const { states } = open(options);
  await until(() => states.some(({ reason }) => reason !== undefined));
  const { state, reason } = states.find((item) => item.reason !== undefined)!;
  expect(state).toBe('connecting');
  return reason!;
}

test('a token', async () => {
  const { port, url } = await server('authorization { token: "s3cret" }');
  await works({ servers: url, token: 's3cret' });
  await works({ servers: `nats://s3cret@127.0.0.1:${port}` });
  expect(await refused({ servers: url, token: 'wrong' })).toMatch(/authorization/i);
});

test('a user with a password', async () => {
  const { port, url } = await server('authorization { user: app, password: "p@ss/word" }');
  await works({ servers: url, user: 'app', password: 'p@ss/word' });
  await works({ servers: `nats://app:p%40ss%2Fword@127.0.0.1:${port}` });
  expect(await refused({ servers: url, user: 'app', password: 'other' })).toMatch(/authorization/i);
});

test('an nkey', async () => {
  const user = createUser();
  const { url } = await server(`authorization { users: [ { nkey: ${user.getPublicKey()} } ] }`);
  const nkeyFile = join(await folder(), 'user.nk');
  writeFileSync(nkeyFile, `${text(user.getSeed())}\n`);
  await works({ servers: url, nkeyFile });
  const other = join(await folder(), 'other.nk');
  writeFileSync(other, text(createUser().getSeed()));
  expect(await refused({ servers: url, nkeyFile: other })).toMatch(/authorization/i);
});

test('a credentials file', async () => {
  const [operator, account, user] = [createOperator(), createAccount(), createUser()];
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (issuer: typeof operator, subject: typeof operator, name: string, nats: object): string => {
    const claims = { jti: name, iat: 1, iss: issuer.getPublicKey(), sub: subject.getPublicKey(), name, nats };
    const content = `${encoded({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encoded(claims)}`;
    return `${content}.${Buffer.from(issuer.sign(bytes(content))).toString('base64url')}`;
  };
  const unlimited = {
    subs: -1,
    data: -1,
    payload: -1,
    imports: -1,
    exports: -1,
    wildcards: true,
    conn: -1,
    leaf: -1,
  };
  const operatorToken = token(operator, operator, 'operator', { type: 'operator', version: 2 });
  const accountToken = token(operator, account, 'account', {
    type: 'account',
    version: 2,
    limits: unlimited,
  });
  const userToken = token(account, user, 'user', {
    type: 'user',
    version: 2,
    subs: -1,
    data: -1,
    payload: -1,
    pub: {},
    sub: {},
  });
  const { url } = await server(
    `operator: ${operatorToken}\nresolver: MEMORY\nresolver_preload: { ${account.getPublicKey()}: ${accountToken} }`,
  );
  const credsFile = join(await folder(), 'user.creds');
  writeFileSync(
    credsFile,
    `-----BEGIN NATS USER JWT-----\n${userToken}\n------END NATS USER JWT------\n\n` +
      `-----BEGIN USER NKEY SEED-----\n${text(user.getSeed())}\n------END USER NKEY SEED------\n`,
  );
  await works({ servers: url, credsFile });
});

test('TLS with client certificates', async () => {
  const certificates = makeCertificates(await folder());
  const { port } = await server(
    `tls { cert_file: "${certificates.server.certFile}", key_file: "${certificates.server.keyFile}", ca_file: "${certificates.caFile}", verify: true }`,
  );
  const { caFile, client } = certificates;
  await works({ servers: `tls://127.0.0.1:${port}`, tls: { caFile, ...client } });
  await works({ servers: `nats://127.0.0.1:${port}`, tls: { caFile, ...client } });
  expect(await refused({ servers: `tls://127.0.0.1:${port}`, tls: client })).toMatch(
    /certificate|issuer|self.signed/i,
  );
  const stranger = makeCertificates(await folder()).client;
  expect(await refused({ servers: `tls://127.0.0.1:${port}`, tls: { caFile, ...stranger } })).toMatch(
    /no answer.*certificate/,
  );
});

test.each([
  [{ servers: 'http://example.com' }, /not the URL/],
  [{ servers: '' }, /not the URL/],
  [{ servers: [] }, /No NATS server/],
  [{ servers: 'nats://a', token: 'x', user: 'y' }, /More than one way/],
  [{ servers: 'nats://a', nkeyFile: 'missing/file' }, /Cannot read/],
  [{ servers: 'nats://a', credsFile: 'missing/file' }, /Cannot read/],
  [{ servers: 'nats://a', tls: { certFile: 'a.pem' } }, /belong together/],
])('bad options are refused before anything is tried: %j', (options, message) => {
  expect(() => openNatsTransport(options)).toThrow(
    expect.objectContaining({ code: 'WM6015', message: expect.stringMatching(message) }),
  );
});

test('a server that is down at the start: subscriptions and messages wait for it, the state says why', async () => {
  const late = await server('', false);
  const { transport, connected, states } = open({ servers: late.url });
  const seen: string[] = [];
  await transport.subscribe('early', { queue: 'q' }, (message) => seen.push(text(message.data)));
  await transport.publish('early', bytes('one'));
  await transport.publish('early', bytes('two'));
  await until(() => states.length > 0);
  expect(states[0]).toMatchObject({ state: 'connecting', reason: expect.stringContaining('refused') });
  await late.start();
  await connected;
  await until(() => seen.length === 2);
  expect(seen).toEqual(['one', 'two']);
  expect(transport.state).toMatchObject({
    state: 'connected',
    server: `127.0.0.1:${late.port}`,
    reason: undefined,
  });
});

test('a server killed and started again: subscriptions come back, what was published meanwhile arrives in order', async () => {
  const mortal = await server();
  const [a, b] = [open({ servers: mortal.url }), open({ servers: mortal.url })];
  await Promise.all([a.connected, b.connected]);
  const seen: string[] = [];
  await b.transport.subscribe('work', { queue: 'q' }, (message) => seen.push(text(message.data)));
  const own: string[] = [];
  await a.transport.subscribe('work', {}, (message) => own.push(text(message.data)));
  const gone: string[] = [];
  const withdrawn = await b.transport.subscribe('gone', {}, (message) => gone.push(text(message.data)));
  await a.transport.publish('work', bytes('before'));
  await until(() => seen.length === 1 && own.length === 1);
  await mortal.stop();
  await until(() => a.transport.state.state === 'disconnected' && b.transport.state.state === 'disconnected');
  await withdrawn.unsubscribe();
  const sent = Array.from({ length: 500 }, (_, index) => `${index}`);
  const buffer = new Uint8Array(8);
  for (const item of sent) {
    const { written } = new TextEncoder().encodeInto(item, buffer);
    await a.transport.publish('work', buffer.subarray(0, written));
  }
  const reply = awaitReply(a.transport, 'later', bytes('?'), { timeout: 200_000 });
  reply.catch(() => {});
  await b.transport.subscribe(
    'later',
    {},
    (message) => void b.transport.publish(message.replyTo!, bytes('!')),
  );
  await mortal.start();
  // The other member may come back later than the messages: core NATS keeps nothing for it.
  await until(() => a.transport.state.state === 'connected' && b.transport.state.state === 'connected');
  // The server reads each connection for itself: what it has answered, it has read with all that was before it.
  await awaitReply(b.transport, 'nobody', bytes('?'), { timeout: 200_000 }).catch(() => {});
  await a.transport.publish('gone', bytes('x'));
  await a.transport.publish('work', bytes('after'));
  await until(() => seen.at(-1) === 'after');
  // One's own subscriptions are back before what waited is sent.
  await until(() => own.at(-1) === 'after');
  expect(own).toEqual(['before', ...sent, 'after']);
  const received = seen.slice(1, -1);
  expect(received).toEqual(sent.slice(sent.length - received.length));
  expect(gone).toEqual([]);
  await reply.then(
    (message) => expect(text(message.data)).toBe('!'),
    (error: unknown) => expect(error).toMatchObject({ code: 'WM6001' }),
  );
  expect([...a.errors, ...b.errors]).toEqual([]);
});

test('several servers: another one is taken when one dies', async () => {
  const [first, second] = [await server(), await server()];
  const { transport, connected, states } = open({ servers: [first.url, second.url] });
  await connected;
  const before = transport.state.server!;
  const used = before.endsWith(`:${first.port}`) ? first : second;
  await used.stop();
  await until(() => states.filter(({ state }) => state === 'connected').length === 2);
  expect(transport.state.server).not.toBe(before);
  await transport.subscribe('echo', {}, (message) => void transport.publish(message.replyTo!, bytes('ok')));
  expect(text((await awaitReply(transport, 'echo', bytes(''), { timeout: 10_000 })).data)).toBe('ok');
});

test('what waits for a server is bounded: the oldest is kept, more is refused', async () => {
  const late = await server('', false);
  const { transport, connected } = open({ servers: late.url, maxBufferedBytes: 10_000 });
  const seen: Message[] = [];
  await transport.subscribe('bulk', {}, (message) => seen.push(message));
  for (let count = 0; count < 9; count++) await transport.publish('bulk', new Uint8Array(1_000).fill(count));
  await expect(transport.publish('bulk', new Uint8Array(1_000))).rejects.toMatchObject({
    code: 'WM6007',
    fix: expect.stringContaining('NATS'),
  });
  await late.start();
  await connected;
  await until(() => seen.length === 9);
  expect(seen.map(({ data }) => data[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a server that does not read holds back whoever publishes, and costs bounded memory', async () => {
  const frozen = await server();
  const { transport, connected } = open({ servers: frozen.url });
  await connected;
  process.kill(frozen.pid, 'SIGSTOP');
  let handed = 0;
  const body = new Uint8Array(100_000);
  const publishing = (async () => {
    for (let count = 0; count < 400; count++) {
      await transport.publish('flood', body);
      handed += body.length;
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(handed).toBeLessThan(12 * 1024 * 1024);
  process.kill(frozen.pid, 'SIGCONT');
  await publishing;
  expect(handed).toBe(40_000_000);
});

test('what the server does not permit is reported, not lost in silence', async () => {
  const { url } = await server(
    'authorization { users: [ { user: a, password: b, permissions: { publish: ["ok", "_INBOX.>"], subscribe: ["ok", "_INBOX.>"] } } ] }',
  );
  const { transport, connected, errors } = open({ servers: url, user: 'a', password: 'b' });
  await connected;
  await transport.publish('forbidden', bytes('x'));
  await until(() => errors.length > 0);
  expect(errors[0]).toMatchObject({
    code: 'WM6014',
    message: expect.stringMatching(/permissions violation/i),
  });
});

test('another NATS client reads and writes the same headers', async () => {
  const { url, port } = await server();
  const { transport, connected } = open({ servers: url });
  await connected;
  const plain = await connect({ port });
  cleanups.push(() => plain.close());
  const seen: Message[] = [];
  await transport.subscribe('pay', { queue: 'pay' }, (message) => {
    seen.push(message);
    void transport.publish(message.replyTo!, bytes('{"ok":true}'), {
      headers: { 'waymark-interim': 'true', name: 'Zoë 100%' },
    });
  });
  const given = natsHeaders();
  given.append('Waymark-Request-Id', 'r-1');
  given.append('discount', '50%41');
  const replies: { ok: boolean; interim: string; name: string }[] = [];
  plain.subscribe('answers', {
    callback: (_, message) => {
      replies.push({
        ...message.json<{ ok: boolean }>(),
        interim: message.headers!.get('waymark-interim'),
        name: message.headers!.get('name'),
      });
    },
  });
  plain.publish('pay', bytes('{}'), { reply: 'answers', headers: given });
  await until(() => replies.length === 1);
  expect(seen[0]!.headers).toEqual({ 'waymark-request-id': 'r-1', discount: '50%41' });
  expect(replies).toEqual([{ ok: true, interim: 'true', name: 'Zoë 100%' }]);
});
