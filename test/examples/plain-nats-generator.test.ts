/**
 * Somebody else's requester: a load generator that knows only the documented wire, against real nodes on a real NATS server.
 * One node is killed under load; the generator's own books and the banks' statements must come out even.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bankBookPath } from '../../examples/payments/books/book-paths.ts';
import { BankBook } from '../../examples/payments/books/bank-book.ts';
import { serveAliasLookup } from '../../examples/payments/simulators/alias-lookup.ts';
import { Bank } from '../../examples/payments/simulators/bank.ts';
import { serveTokeniser } from '../../examples/payments/simulators/tokeniser.ts';
import { openNatsTransport } from '../../src/transport/nats/open-nats-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { WaymarkProcess } from '../cli/waymark-process.ts';
import { importsOf } from '../house/project-files.ts';
import { until } from '../node/node-under-test.ts';
import { NatsServer } from '../servers/nats-server.ts';

const program = fileURLToPath(new URL('../../examples/payments/plain-nats-generator.ts', import.meta.url));
const scripts = fileURLToPath(new URL('../../examples/payments/scripts', import.meta.url));
const BANKS = ['alder', 'birch'];

let folder: string;
let nats: NatsServer;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  nats = await NatsServer.open();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await nats.remove();
  await rm(folder, { recursive: true, force: true });
});

interface GeneratorRun {
  /** Payments with a final reply so far. */
  readonly settled: () => number;
  /** Requests that were sent again so far. */
  readonly repeated: () => number;
  readonly ended: Promise<{ code: number | null; verdict: Record<string, number> }>;
}

function generate(payments: number, ...more: string[]): GeneratorRun {
  const args = ['--nats', nats.url, '--payments', `${payments}`, '--banks', BANKS.join(','), ...more];
  const child = spawn(process.execPath, [program, ...args, '--book', join(folder, 'payments.jsonl')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  /** As the last whole line of its progress has it. */
  const progress = (name: string): number =>
    Number(new RegExp(`"${name}":(\\d+).*\\n$`).exec(stderr)?.[1] ?? 0);
  closing.push(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return {
    settled: () => progress('settled'),
    repeated: () => progress('repeated'),
    ended: ended.then((code) => {
      if (stdout === '') throw new Error(`The generator ended without a verdict:\n${stderr}`);
      return { code, verdict: JSON.parse(stdout) as Record<string, number> };
    }),
  };
}

test('it imports nothing but Node.js and the NATS client', async () => {
  const imports = importsOf({ path: program, text: await readFile(program, 'utf8') });
  expect(imports.map(({ specifier }) => specifier).filter((name) => !name.startsWith('node:'))).toEqual([
    '@nats-io/transport-node',
  ]);
});

/** The systems around the payments, in this process, on NATS. */
async function simulate(): Promise<readonly BankBook[]> {
  const opened = openNatsTransport({ servers: nats.url });
  const transport: Transport = opened.transport;
  await opened.connected;
  closing.push(() => transport.close());
  await serveTokeniser(transport, () => 1);
  await serveAliasLookup(transport, BANKS, () => 1);
  const books = BANKS.map((name) => new BankBook(bankBookPath(folder, name), { sync: false }));
  for (const [index, name] of BANKS.entries()) {
    closing.push(() => books[index]!.close());
    const failed = (error: unknown): void => {
      throw error;
    };
    await new Bank(name, transport, books[index]!, () => 30, failed).serve();
  }
  return books;
}

function serve(name: string): WaymarkProcess {
  const args = ['serve', scripts, '--nats', nats.url, '--node-id', name, '--data', join(folder, name)];
  const node = new WaymarkProcess([...args, '--json'], folder);
  closing.push(() => {
    node.kill('SIGKILL');
    return node.ended;
  });
  return node;
}

test('a node is killed under load and comes back: every payment is answered, none is lost, none is executed twice', async () => {
  const books = await simulate();
  const [a, b] = [serve('node-0'), serve('node-1')];
  await Promise.all([a, b].flatMap((node) => [node.said('"in-step"'), node.said('"event":"serving"')]));
  const payments = 4000;
  const run = generate(payments, '--in-flight', '100', '--retry-after', '1000', '--ask-after', '1500');
  await until(() => run.settled() > 500);
  a.kill('SIGKILL');
  await a.ended;
  const killedAt = run.settled();
  await until(() => run.settled() > killedAt);
  // Somebody waits for the node that was killed, and asks again before it is there.
  await until(() => run.repeated() > 0);
  await serve('node-0').said('"event":"serving"');
  const { code, verdict } = await run.ended;
  expect(verdict).toMatchObject({ requested: payments, completed: payments, executed: payments });
  expect(verdict).toMatchObject({ lost: 0, twice: 0, refused: 0, unanswered: 0, completedNotExecuted: 0 });
  expect(code).toBe(0);
  expect(killedAt).toBeLessThan(payments);
  expect(verdict['repeated']).toBeGreaterThan(0);
  // What the banks tell is what is in their books.
  expect(books.reduce((sum, book) => sum + book.executions, 0)).toBe(payments);
});

/** A payment system that breaks its word: other receipts for some payments, two executions for others. */
async function cheat(client: NatsConnection): Promise<void> {
  const executions: { messageId: string; payment: string }[] = [];
  client.subscribe('payment', {
    callback: (error, message) => {
      if (error) throw error;
      const { payment } = message.json<{ payment: string }>();
      const number = Number(payment.split('-').at(-1));
      executions.push({ messageId: `${number}:1`, payment });
      if (number === 3) executions.push({ messageId: `${number}:2`, payment });
      const interim = headers();
      interim.set('waymark-interim', 'true');
      message.respond(JSON.stringify({ payment, receipt: 'first' }), { headers: interim });
      const receipt = number === 5 ? 'second' : 'first';
      message.respond(
        JSON.stringify({ payment, receipt, bank: 'alder', status: 'approved', authorisation: 'x' }),
      );
    },
  });
  for (const bank of BANKS) {
    client.subscribe(`bank.${bank}.statement`, {
      callback: (error, message) => {
        if (error) throw error;
        const { from } = message.json<{ from: number }>();
        const own = bank === 'alder' ? executions : [];
        message.respond(JSON.stringify({ total: own.length, executions: own.slice(from, from + 4) }));
      },
    });
  }
  await client.flush();
}

test('its verdict can be bad: a broken promise and a second execution are found', async () => {
  const client = await connect({ servers: nats.url });
  closing.push(() => client.close());
  await cheat(client);
  const { code, verdict } = await generate(10).ended;
  expect(verdict).toMatchObject({ requested: 10, completed: 10, executed: 10, lost: 1, twice: 1 });
  expect(code).toBe(1);
});
