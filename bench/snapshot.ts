/**
 * Encodes and decodes a small and a payment state; v8.serialize and v8.deserialize do the same with equal values. Then captures and
 * restores what really occurs: the payments example at its two checkpoints (runtime included; v8 has nothing to compare that with).
 *
 * Measured: operations per second of CPU time (user and system, this process), median of 9 rounds that alternate between the two, and
 * the spread (lowest to highest round). Not measured: capturing the frames, writing to disk.
 * v8 gets the frames and closures as plain objects, since it cannot save them otherwise; it checks nothing and keeps no code hash.
 *
 * Run: node bench/snapshot.ts
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import v8 from 'node:v8';
import { compileSource } from '../src/compiler/index.ts';
import { captureInstance } from '../src/runtime/capture.ts';
import type { Host, OperationRequest } from '../src/runtime/host.ts';
import { Instance } from '../src/runtime/instance.ts';
import type { InstanceInit } from '../src/runtime/instance.ts';
import { importModules, loadRealm } from '../src/runtime/realm.ts';
import { stamp, stampOf } from '../src/runtime/stamp.ts';
import { decode, encode } from '../src/snapshot/index.ts';
import type { Closure, RecordType, SnapshotContext } from '../src/snapshot/index.ts';

const ROUNDS = 9;
/** CPU milliseconds of one measurement. */
const SLICE = 300;

class Frame {
  code = 0;
  at = 0;
  caller: unknown = null;
  slots: unknown[] = [];
}

class Wait {
  kind = '';
  number = 0;
  frame: unknown = null;
}

const frames: RecordType<Frame> = {
  tag: 1,
  name: 'frame',
  prototype: Frame.prototype,
  read: (it) => [it.code, it.at, it.caller, ...it.slots],
  create: () => new Frame(),
  write(it, fields) {
    it.code = fields[0] as number;
    it.at = fields[1] as number;
    it.caller = fields[2];
    it.slots = fields.slice(3);
  },
};

const waits: RecordType<Wait> = {
  tag: 2,
  name: 'wait',
  prototype: Wait.prototype,
  read: (it) => [it.kind, it.number, it.frame],
  create: () => new Wait(),
  write(it, fields) {
    it.kind = fields[0] as string;
    it.number = fields[1] as number;
    it.frame = fields[2];
  },
};

/** Marked as the runtime marks its closures. */
function closure(code: number, cells: readonly unknown[]): object {
  return stamp((): unknown => cells, { code }, cells);
}

function closureOf(fn: object): Closure | undefined {
  const made = stampOf(fn);
  return made === undefined ? undefined : { code: made.owner.code, cells: made.cells };
}

const context: SnapshotContext = {
  codeHash: '0123456789abcdef'.repeat(4),
  records: [frames, waits],
  referenceOf: () => undefined,
  resolveReference() {
    throw new Error('no names');
  },
  closureOf,
  createClosure: closure,
  instanceTypeOf: () => undefined,
  userTypeOf: () => undefined,
  userTypeNamed: () => undefined,
};

function frame(code: number, at: number, caller: unknown, slots: unknown[]): Frame {
  return Object.assign(new Frame(), { code, at, caller, slots });
}

function smallState(): unknown {
  return frame(3, 1, null, [7, 1234]);
}

function paymentState(): unknown {
  const received = new Date(1_793_000_000_000);
  const amount = { value: 129.95, currency: 'EUR' };
  const request = {
    id: '01JD3V8Q2M8Z7T4K5N6P9R0S1X',
    card: { token: 'tok_5f2a9c41d7', brand: 'visa', expiry: '12/29' },
    amount,
    alias: 'shop-42',
    metadata: { channel: 'web', attempt: 1, tags: ['retail', 'eu'] },
    received,
  };
  const bank = { name: 'bank-3', subject: 'bank.3.authorise', limits: { daily: 5000, single: 1000 } };
  const main = frame(0, 4, null, [
    request,
    bank,
    amount,
    received,
    'authorised',
    true,
    3,
    null,
    undefined,
    [1, 2, 3],
  ]);
  const settle = frame(5, 2, main, [
    amount,
    new Map([
      ['fee', 0.35],
      ['tax', 24.69],
    ]),
    'EUR',
    2,
    false,
  ]);
  const callBank = frame(9, 1, settle, [bank, request, new Date(1_793_000_000_512), 30_000, 2]);
  const wait = Object.assign(new Wait(), { kind: 'call', number: 3, frame: callBank });
  return [wait, closure(11, [request]), closure(12, [request, main])];
}

/** The same values for v8.serialize. */
function plain(value: unknown, known = new Map<unknown, unknown>()): unknown {
  if (typeof value === 'function')
    return { ...closureOf(value), cells: plain(closureOf(value)!.cells, known) };
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, plain(each, known)]));
  const copy: any = Array.isArray(value) ? [] : {};
  known.set(value, copy);
  for (const [key, each] of Object.entries(value)) copy[key] = plain(each, known);
  return copy;
}

const ANSWERS: Readonly<Record<string, unknown>> = {
  tokeniser: { token: 'tok_5f2a9c41d7e84b0c' },
  'alias-lookup': { bank: 'bank-3', account: 'NL91ABNA0417164300' },
  'bank.bank-3': { status: 'approved', authorisation: 'auth-7731-0042' },
};

/** Answers calls at once; checkpoints before the last one wanted are durable at once, that one never is. */
class PaymentHost implements Host {
  readonly reached = Promise.withResolvers<Instance>();
  readonly #last: number;

  constructor(last: number) {
    this.#last = last;
  }

  now(): number {
    return Date.now();
  }

  arm(instance: Instance, number: number, request: OperationRequest): void {
    const value = request.kind === 'call' ? ANSWERS[request.subject] : undefined;
    setImmediate(() => instance.settle(number, { ok: true, value }));
  }

  disarm(): void {}

  save(instance: Instance, sequence: number): Promise<void> {
    if (sequence < this.#last) return Promise.resolve();
    this.reached.resolve(instance);
    return new Promise(() => {});
  }

  ended(): void {
    this.reached.reject(new Error('the payment ended before its checkpoint'));
  }
}

/** The payments example, suspended at checkpoint `checkpoint` (1 or 2), and what restores it. */
async function paymentInstance(checkpoint: number): Promise<{ instance: Instance; init: InstanceInit }> {
  const url = new URL('../examples/payments/scripts/payment.ts', import.meta.url);
  const bundle = compileSource(readFileSync(url, 'utf8'), 'payment.ts');
  const realm = loadRealm(bundle, await importModules(bundle, url.href));
  const host = new PaymentHost(checkpoint);
  const init: InstanceInit = {
    id: '0197a3c2-5b1e-7c44-9f0a-3d2b6e8c1a55',
    script: bundle.name,
    realm,
    host,
    requestId: 'payment-000042',
    replyTo: 'replies.7f3a9c.42',
    createdAt: Date.now(),
  };
  const instance = new Instance(init);
  instance.start({
    payment: 'payment-000042',
    card: '4111111111111111',
    alias: '+31612345678',
    amount: 12_995,
  });
  return { instance: await host.reached.promise, init };
}

/** Operations per CPU second in one slice. */
function measure(operation: () => unknown): number {
  const start = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (let index = 0; index < 500; index++) operation();
    count += 500;
    const { user, system } = process.cpuUsage(start);
    if (user + system > SLICE * 1000) return count / ((user + system) / 1e6);
  }
}

function summary(samples: number[]): { median: number; text: string } {
  const sorted = samples.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  const kilo = (value: number): string => Math.round(value / 1000).toString();
  return { median, text: `${kilo(median)} (${kilo(sorted[0]!)}-${kilo(sorted.at(-1)!)})` };
}

interface Side {
  readonly operation: () => unknown;
  readonly bytes: number;
}

/** One row; without `theirs` only our side. */
function compare(name: string, ours: Side, theirs?: Side): void {
  const sides = theirs === undefined ? [ours] : [ours, theirs];
  // All warm before the first round.
  for (const side of sides) measure(side.operation);
  const samples = sides.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    sides.forEach((side, index) => samples[index]!.push(measure(side.operation)));
  const [mine, other] = samples.map((each) => summary(each));
  const ratio = other === undefined ? '' : (mine!.median / other.median).toFixed(2);
  console.log(
    `| ${name} | ${ours.bytes} | ${theirs?.bytes ?? ''} | ${mine!.text} | ${other?.text ?? ''} | ${ratio} |`,
  );
}

console.log(
  `Node ${process.version}, V8 ${process.versions.v8}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores\n`,
);
console.log('| operation | bytes | v8 bytes | Waymark k/CPU s | v8 k/CPU s | ratio |');
console.log('|---|---|---|---|---|---|');
for (const [name, state] of [
  ['small', smallState()],
  ['payment', paymentState()],
] as const) {
  const same = plain(state);
  const bytes = encode(state, context);
  const v8Bytes = v8.serialize(same);
  compare(
    `encode ${name}`,
    { operation: () => encode(state, context), bytes: bytes.length },
    { operation: () => v8.serialize(same), bytes: v8Bytes.length },
  );
  compare(
    `decode ${name}`,
    { operation: () => decode(bytes, context), bytes: bytes.length },
    { operation: () => v8.deserialize(v8Bytes), bytes: v8Bytes.length },
  );
}
for (const checkpoint of [1, 2]) {
  const { instance, init } = await paymentInstance(checkpoint);
  const snapshot = captureInstance(instance);
  const bytes = snapshot.length;
  compare(`capture payment instance, checkpoint ${checkpoint}`, {
    operation: () => captureInstance(instance),
    bytes,
  });
  compare(`restore payment instance, checkpoint ${checkpoint}`, {
    operation: () => Instance.restore(snapshot, init),
    bytes,
  });
}
