/** Names of the language's own objects and functions, so that snapshots can refer to them. One walk per process. */
import { EMITTER_SYMBOLS, EventEmitter } from './event-emitters.ts';

const byObject = new Map<object | symbol, string>();
const byName = new Map<string, object | symbol>();

/** Objects of the global scope whose functions scripts commonly hold as values. */
const ROOTS = [
  'Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Date RegExp Map Set WeakMap WeakSet WeakRef Error EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError SuppressedError ArrayBuffer SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array Float16Array BigInt64Array BigUint64Array Promise Proxy Intl Iterator DisposableStack AsyncDisposableStack FinalizationRegistry parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape globalThis console structuredClone fetch URL URLSearchParams TextEncoder TextDecoder AbortController AbortSignal Event EventTarget Headers Request Response Blob FormData performance crypto Buffer process atob btoa DOMException queueMicrotask setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate WebAssembly',
  'Temporal CustomEvent File MessageEvent CloseEvent MessageChannel MessagePort BroadcastChannel Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver URLPattern ReadableStream WritableStream TransformStream ByteLengthQueuingStrategy CountQueuingStrategy TextEncoderStream TextDecoderStream CompressionStream DecompressionStream WebSocket Crypto CryptoKey SubtleCrypto navigator eval',
]
  .join(' ')
  .split(' ');

function add(value: unknown, name: string): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (byObject.has(value)) return false;
  byObject.set(value, name);
  byName.set(name, value);
  return true;
}

/** `value`'s own functions, and those of its prototype object. */
function walk(value: object, name: string, depth: number): void {
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key)!;
    const label = `${name}.${typeof key === 'symbol' ? `@@${key.description?.replace('Symbol.', '')}` : key}`;
    for (const part of ['value', 'get', 'set'] as const) {
      const kind = part === 'value' ? '' : `${part} `;
      const member: unknown = Reflect.get(descriptor, part);
      const isFunction = typeof member === 'function';
      const isPrototype = key === 'prototype' && typeof member === 'object' && member !== null;
      if (!isFunction && !isPrototype) continue;
      if (add(member, kind + label) && depth < 2) walk(member as object, kind + label, depth + 1);
    }
  }
}

for (const name of ROOTS) {
  const value = (globalThis as Record<string, unknown>)[name];
  // The global object and process are named, but what hangs on them is not walked.
  if (add(value, name) && name !== 'globalThis' && name !== 'process') walk(value as object, name, 0);
}
for (const [name, prototype] of [
  ['%TypedArray%', Object.getPrototypeOf(Uint8Array)],
  ['%ArrayIteratorPrototype%', Object.getPrototypeOf([][Symbol.iterator]())],
  ['%MapIteratorPrototype%', Object.getPrototypeOf(new Map().entries())],
  ['%SetIteratorPrototype%', Object.getPrototypeOf(new Set().values())],
  ['%StringIteratorPrototype%', Object.getPrototypeOf(''[Symbol.iterator]())],
] as const) {
  if (add(prototype, name)) walk(prototype as object, name, 0);
}
add(globalThis.crypto?.subtle, 'crypto.subtle');
nameEmitters();
nameHidden();
nameProcess();

/** EventEmitter by its module, whoever imports it. */
function nameEmitters(): void {
  if (add(EventEmitter, 'node:events#EventEmitter')) walk(EventEmitter, 'node:events#EventEmitter', 0);
  for (const [name, symbol] of EMITTER_SYMBOLS) {
    byObject.set(symbol, name);
    byName.set(name, symbol);
  }
}

/** Objects of the language that no global name leads to. */
function nameHidden(): void {
  const functions = {
    '%AsyncFunction%': async () => undefined,
    '%GeneratorFunction%': function* empty() {},
    '%AsyncGeneratorFunction%': async function* empty() {},
  };
  for (const [name, fn] of Object.entries(functions)) {
    const prototype = Object.getPrototypeOf(fn) as object;
    add((prototype as { constructor: Function }).constructor, name);
    add(prototype, `${name}.prototype`);
    const results: unknown = Reflect.get(prototype, 'prototype');
    if (add(results, `${name}.prototype.prototype`))
      walk(results as object, `${name}.prototype.prototype`, 1);
  }
  const asyncIterator = Object.getPrototypeOf(
    Object.getPrototypeOf(functions['%AsyncGeneratorFunction%'].prototype),
  ) as object;
  const more: readonly (readonly [string, object])[] = [
    ['%AsyncIteratorPrototype%', Object.getPrototypeOf(asyncIterator) as object],
    ['%RegExpStringIteratorPrototype%', Object.getPrototypeOf(''.matchAll(/a/g)) as object],
    ['%IteratorHelperPrototype%', Object.getPrototypeOf(Iterator.from([]).drop(0)) as object],
    [
      '%WrapForValidIteratorPrototype%',
      Object.getPrototypeOf(Iterator.from({ next: () => ({}) as never })) as object,
    ],
    ['%SegmentsPrototype%', Object.getPrototypeOf(new Intl.Segmenter().segment('')) as object],
  ];
  for (const [name, prototype] of more) if (add(prototype, name)) walk(prototype, name, 1);
}

/** What belongs to the process: its tables of data, and its own functions. */
function nameProcess(): void {
  for (const key of [
    'env',
    'argv',
    'execArgv',
    'versions',
    'release',
    'config',
    'features',
    'report',
    'permission',
  ])
    add(Reflect.get(process, key), `process.${key}`);
  for (const key of Object.keys(process)) {
    const property = Object.getOwnPropertyDescriptor(process, key);
    if (typeof property?.value === 'function') add(property.value, `process.${key}`);
  }
}

export function builtInName(value: object | symbol): string | undefined {
  return byObject.get(value);
}

/** All of them. */
export function builtIns(): Iterable<object | symbol> {
  return byName.values();
}

export function builtInNamed(name: string): object | symbol | undefined {
  return byName.get(name);
}
