import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';
import {
  Animal,
  Box,
  closure,
  CONSTANT,
  context,
  Dog,
  FakePromise,
  frame,
  Guarded,
  Money,
} from './test-context.ts';

function refusal(value: unknown): SnapshotError {
  try {
    encode(value, context);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    // A failure leaves nothing behind.
    expect(decode(encode({ a: ['b'] }, context), context)).toEqual({ a: ['b'] });
    return error as SnapshotError;
  }
  throw new Error(`was not refused: ${inspect(value)}`);
}

describe('values that cannot be saved', () => {
  it('names the local and the property in the words of the author', () => {
    class TCPSocket {}
    const error = refusal(frame('settle', 14, { amount: 1, socket: { handle: new TCPSocket() } }));
    expect(error.message).toBe(
      'Cannot save the state: payments.ts:14 settle(): local "socket" -> .handle is an instance of TCPSocket',
    );
    expect(error.path).toBe('payments.ts:14 settle(): local "socket" -> .handle');
    expect(error.code).toBe('WM4007');
    expect(error.fix).toContain('serializable(TCPSocket');
  });

  const culprit = new SharedArrayBuffer(8);
  it.each<[string, unknown]>([
    ['[2]', [1, 2, culprit]],
    ['.a.b[0]', { a: { b: [culprit] } }],
    ['["not a name"]', { 'not a name': culprit }],
    [".get('key')", new Map([['key', culprit]])],
    ['.keys()', new Map([[culprit, 1]])],
    ['.values()', new Set([culprit])],
    ['[Symbol(k)]', { [Symbol.for('k')]: culprit }],
    ['captured by named()', closure(CONSTANT, culprit)],
    ['captured by named() -> .x', closure(CONSTANT, { x: culprit })],
    ['.cause', new Error('m', { cause: culprit })],
    ['.[[Prototype]].x', Object.create({ x: culprit })],
    ['.name', Object.assign(new Dog('a'), { name: culprit })],
    ['.#private', new Dog('a', culprit)],
    ['(data of Money) -> .note', new Money(1n, 'EUR', culprit)],
    ['', culprit],
    ['.x', new Box({ x: culprit })],
    [
      'payments.ts:1 outer(): local "p" -> payments.ts:2 inner(): local "w" -> [0]',
      frame('outer', 1, {
        p: Object.assign(new FakePromise(), { waiters: [frame('inner', 2, { w: [culprit] })] }),
      }),
    ],
  ])('says %s', (path, value) => {
    expect(refusal(value).path).toBe(path);
  });

  it.each<[string, unknown]>([
    ['native Promise', Promise.resolve()],
    ['WeakRef', new WeakRef({})],
    ['FinalizationRegistry', new FinalizationRegistry(() => undefined)],
    ['SharedArrayBuffer', new SharedArrayBuffer(8)],
    ['view of a SharedArrayBuffer', new Uint8Array(new SharedArrayBuffer(8))],
    [
      'native generator',
      (function* g() {
        yield 1;
      })(),
    ],
    ['native iterator', [1][Symbol.iterator]()],
    ['native iterator', 'a'[Symbol.iterator]()],
    ['native Map iterator', new Map().entries()],
    ['native Set iterator', new Set().values()],
    ['native iterator', 'a'.matchAll(/a/g)],
    ['native iterator', [1].values().map((x) => x)],
    [
      'native generator',
      (async function* g() {
        yield 1;
      })(),
    ],
    ['Proxy', new Proxy({}, {})],
    ['Proxy', new Proxy(() => undefined, {})],
    ['Server', createServer()],
    ['Guarded', undefined],
    ['class Local', class Local {}],
    ['built-in function parseInt', parseInt],
    ['function free', function free() {}],
    ['global object', globalThis],
    ['symbol Symbol(loose)', Symbol('loose')],
  ])('refuses a %s', (kind, value) => {
    const subject = kind === 'Guarded' ? new Guarded('x') : value;
    const error = refusal({ held: subject });
    expect(error.code).toBe('WM4007');
    expect(error.path).toBe('.held');
    expect(error.fix).toBeTruthy();
    if (kind !== 'Guarded') expect(error.message.toLowerCase()).toContain(kind.toLowerCase());
    else expect(error.message).toContain('private fields');
  });

  it('refuses built-in objects in disguise', () => {
    for (const value of [new SharedArrayBuffer(8), Promise.resolve(), new Map([[1, 2]]).entries()]) {
      Object.setPrototypeOf(value, Object.prototype);
      refusal(value);
      Object.setPrototypeOf(value, null);
      refusal(value);
    }
  });

  it('refuses the namespace of a module that has no name', () => {
    // In its own process: the test runner replaces namespaces by objects of its own.
    const source = (name: string): string =>
      JSON.stringify(fileURLToPath(new URL(`../../${name}`, import.meta.url)));
    const program = `
      import * as path from 'node:path';
      import { encode } from ${source('src/snapshot/index.ts')};
      import { context } from ${source('test/snapshot/test-context.ts')};
      try { encode({ path }, context); } catch (error) { console.log(error.message); }`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('Cannot save the state: .path is a module namespace without a name');
  });

  it('triggers no trap of a Proxy', () => {
    const traps: string[] = [];
    const handler = new Proxy({}, { get: (_target, name) => void traps.push(String(name)) });
    const proxies = [new Proxy({}, handler), new Proxy([], handler), new Proxy(() => undefined, handler)];
    for (const proxy of proxies) {
      for (const value of [
        proxy,
        { proxy },
        Object.create(proxy),
        [proxy],
        new Map([[proxy, 1]]),
        Object.setPrototypeOf([1], proxy),
      ]) {
        refusal(value);
      }
    }
    expect(traps).toEqual([]);
  });

  it('runs no getter', () => {
    let runs = 0;
    const trap = { get: () => ++runs, enumerable: true, configurable: true };
    const value = Object.defineProperties(
      {},
      Object.fromEntries(['a', 'toString', 'constructor', 'then', 'toJSON'].map((key) => [key, trap])),
    );
    Object.defineProperty(value, Symbol.toStringTag, trap);
    refusal(value);
    // V8 puts the message into the stack when the stack is first asked for.
    const error = new Error('m');
    expect(error.stack).toContain('m');
    refusal(Object.defineProperty(error, 'message', trap));
    const list = Object.defineProperty(Array.from({ length: 100 }), 5, trap);
    refusal(list);
    refusal(Object.defineProperty(Array.from({ length: 100 }), 'extra', trap));
    refusal(Object.defineProperty(new Uint8Array(100), 'extra', trap));
    refusal(Object.defineProperty(new Map(), 'size', trap));
    refusal(Object.defineProperty(new Date(), 'getTime', trap));
    expect(runs).toBe(0);
  });

  it('reports an object that only pretends to be of a class', () => {
    const error = refusal({ pet: Object.create(Animal.prototype) as object });
    expect(error).toMatchObject({ code: 'WM4007', path: '.pet' });
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it('reports what write() of a user type threw', () => {
    const error = refusal([new Money(1n, 'throw')]);
    expect(error.code).toBe('WM4009');
    expect(error.path).toBe('[0]');
    expect((error.cause as Error).message).toBe('no such currency');
  });

  it('reports cycles that could not be made again', () => {
    const money = new Money(1n, 'EUR');
    money.note = { list: [money] };
    expect(refusal({ money })).toMatchObject({ code: 'WM4008', path: '.money' });
    const a = new Money(1n, 'EUR');
    const b = new Money(2n, 'EUR', a);
    a.note = [closure(CONSTANT, b)];
    expect(refusal([a]).code).toBe('WM4008');
    const self: any[] = [];
    const fn = closure(CONSTANT, self);
    const cells = context.closureOf(fn)!.cells as unknown[];
    cells[0] = fn;
    expect(refusal(fn).code).toBe('WM4008');
  });

  it('shortens the path of a value deep inside', () => {
    let deep: unknown = Promise.resolve();
    for (let depth = 0; depth < 200_000; depth++) deep = { next: deep };
    const error = refusal(deep);
    expect(error.path!.length).toBeLessThan(400);
    expect(error.path).toContain('199976 more');
  });

  it('decodes user types with typed errors', () => {
    const bytes = encode(new Money(1n, 'EUR'), context);
    expect(() => decode(bytes, { ...context, userTypeNamed: () => undefined })).toThrow(
      /registered under that name/,
    );
    const failing = { name: 'Money', write: () => 1, read: () => null as never };
    expect(() => decode(bytes, { ...context, userTypeNamed: () => failing })).toThrow(/returned null/);
  });
});
