/** What the files in this folder hold. Files are never rewritten: what was written once in format 1 must be read for ever. */
import {
  Animal, ADDER, BOUND, Box, CALLER, closure, CONFIG, CONSTANT, COUNTER, Dog, DYNAMIC_CLASS, Failure, FakePromise, frame, GENERATOR, Ids,
  imported, List, Moment, Money, Pattern, Registry, Samples, UNSET,
} from '../test-context.ts';

function withStack<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}\n    at settle (payments.ts:14:3)`;
  return error;
}

function args(..._values: unknown[]): IArguments {
  return arguments;
}

export const values: Readonly<Record<string, () => unknown>> = {
  primitives: () => [
    undefined, null, true, false, 0, -0, 1, -16, -17, 111, 112, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1), NaN, Infinity, -Infinity,
    0.5, 0.1, 1e300, 0n, -1n, 2n ** 100n, -(2n ** 64n), Symbol.for('registered'), Symbol.iterator, Symbol.asyncDispose, UNSET,
  ],
  strings: () => ['', 'a', 'repeated', 'repeated', 'é'.repeat(40), '漢字', '漢'.repeat(40), `${'a'.repeat(40)}漢`, '\ud800lone', '😀', 'x'.repeat(20_000)],
  objects: () => {
    const shared: any = { id: 1, name: 'shared' };
    shared.self = shared;
    const odd = Object.defineProperties(
      { a: 1 },
      { hidden: { value: 2 }, get: { get: closure(CONSTANT, 1), enumerable: true, configurable: true } },
    );
    return {
      shared, same: [{ id: 2, name: 'b', self: null }, shared], odd, proto: JSON.parse('{"__proto__":1}'), none: Object.create(null),
      derived: Object.create({ base: 1 }), frozen: Object.freeze({ f: [1] }), sealed: Object.seal({ s: 1 }),
      fixed: Object.preventExtensions({ p: 1 }), [Symbol.for('key')]: 1, [Symbol.toStringTag]: 'T', config: CONFIG,
      many: Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`key${index}`, index])), args: args(1, 'two'),
    };
  },
  arrays: () => {
    const sparse: unknown[] = [];
    sparse[1_000_000] = 'far';
    const fixed = [1];
    Object.defineProperty(fixed, 'length', { writable: false });
    // oxlint-disable-next-line no-sparse-arrays
    return [[], [1, , 3], sparse, fixed, Object.freeze([1, 2]), Object.assign([1], { extra: true })];
  },
  collections: () => {
    const key = { k: 1 };
    const map = new Map<unknown, unknown>([[key, closure(CONSTANT, 1)], [NaN, 'nan'], [[1], new Map()]]);
    map.set(map, key);
    return [map, new Set<unknown>([key, map, 1, 'one']), Object.freeze(new Set([1])), Object.assign(new Map(), { a: 1 })];
  },
  platform: () => {
    const key = { k: 1 };
    const value = { v: key };
    const controller = new AbortController();
    controller.signal.addEventListener('abort', closure(CONSTANT, 'aborted'), { once: true });
    const target = new EventTarget();
    target.addEventListener('x', closure(COUNTER, new Box(1)), { capture: true });
    const form = new FormData();
    form.append('a', '1');
    return [
      new WeakMap<object, unknown>([[key, value], [value, [1]]]), new WeakSet([value]), new WeakMap(), key, controller, controller.signal,
      AbortSignal.abort({ because: key }), AbortSignal.any([controller.signal]), target, new Headers([['a', '1'], ['set-cookie', 'b']]), form,
      new TextEncoder(), new TextDecoder('utf-8', { fatal: true }), new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }),
      new Intl.Locale('en-u-ca-gregory'), Object.assign(new Intl.ListFormat('en'), { own: key }),
    ];
  },
  errors: () => {
    const cause = withStack(new RangeError('inner'));
    const bare = new Error('without stack');
    delete bare.stack;
    return [
      withStack(new Error('outer', { cause })), withStack(new TypeError('t')), withStack(new AggregateError([cause], 'several')),
      withStack(new SuppressedError(cause, 1, 's')), bare, withStack(Object.assign(new Error('m'), { code: 'E' })),
      withStack(new DOMException('stopped', 'AbortError')), withStack(new EvalError('e')), withStack(new ReferenceError('r')),
      withStack(new SyntaxError('s')), withStack(new URIError('u')),
    ];
  },
  leaves: () => {
    const url = new URL('https://example.org:8080/p?x=1#h');
    return [
      new Date(1_793_000_000_000), new Date(NaN), Object.assign(/a(?<n>b)/dgimsuy, { lastIndex: 3 }), /[a--b]/v, Object(1), Object('text'),
      Object(true), Object(2n), Object(Symbol.iterator), url, url.searchParams, new URLSearchParams('a=1&a=2'), Object.assign(new Date(0), { own: 1 }),
    ];
  },
  binary: () => {
    const buffer = new ArrayBuffer(32);
    new Uint8Array(buffer).forEach((_, index, bytes) => (bytes[index] = index));
    const pooled = Buffer.from('0123456789');
    const resizable = new ArrayBuffer(8, { maxByteLength: 16 });
    return [
      buffer, new Int8Array(buffer, 1, 2), new Uint8Array(buffer), new Uint8ClampedArray(buffer, 4), new Int16Array(buffer), new Uint16Array(buffer, 2, 3),
      new Int32Array(buffer), new Uint32Array(buffer), new Float32Array(buffer), new Float64Array(buffer), new BigInt64Array(buffer),
      new BigUint64Array(buffer), new Float16Array(buffer), new DataView(buffer, 3, 9), pooled.subarray(2, 5), pooled.subarray(4, 8),
      resizable, new Uint8Array(resizable), new Uint8Array(resizable, 0, 8),
    ];
  },
  functions: () => {
    const box = new Box(5);
    const inner = closure(CONSTANT, { captured: 1 });
    const Old = closure(CONSTANT, undefined);
    return [
      closure(COUNTER, box), closure(ADDER, box), closure(CALLER, inner), inner, closure(GENERATOR), closure(BOUND, inner, null, 1),
      new Old(), Old, imported, Array.prototype.values, Object.assign(closure(COUNTER, box), { own: 1 }),
      Object.defineProperty(closure(CONSTANT, 2), 'name', { value: 'renamed' }), new (closure(DYNAMIC_CLASS))(),
    ];
  },
  instances: () => {
    const rex = new Dog('Rex', { chip: 1 });
    const list = new List();
    list.push(1, rex);
    const failure = withStack(new Failure('broken'));
    failure.detail = rex;
    return [
      rex, new Animal('Cat', rex), new Registry([['rex', rex]]), new Ids([1]), list, failure, new Moment(5), new Pattern('a+', 'g'), new Samples([0.5]),
      new Money(5n, 'EUR', [new Money(6n, 'USD'), rex]),
    ];
  },
  payment: () => {
    const promise = new FakePromise();
    const request = { id: '01JD3V8Q2M8Z7T4K5N6P9R0S1X', amount: { value: 129.95, currency: 'EUR' }, received: new Date(1_793_000_000_000) };
    const outer = frame('main', 3, { request, bank: 'bank-3', promise });
    promise.waiters.push(outer);
    return [frame('settle', 14, { amount: request.amount, retry: closure(CALLER, closure(CONSTANT, request)) }), outer];
  },
};
