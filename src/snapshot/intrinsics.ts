/**
 * Built-ins that the format knows by number, so that objects of every built-in class can be restored without asking
 * the context for a name. The order is part of format 1: append only.
 */
import { ABORT_ERROR_PROTOTYPE, NODE_ERROR_PROTOTYPES } from './node-errors.ts';

const typedArrayConstructors = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  Float16Array,
] as const;

export type TypedArrayConstructor = (typeof typedArrayConstructors)[number];

/** Kinds of view: the typed arrays by position in this list, then DataView, then Node's Buffer. */
export const VIEW_CONSTRUCTORS: readonly TypedArrayConstructor[] = typedArrayConstructors;
export const VIEW_DATA_VIEW = VIEW_CONSTRUCTORS.length;
export const VIEW_BUFFER = VIEW_DATA_VIEW + 1;

/** Kinds of error by position in this list. */
export const ERROR_CONSTRUCTORS: readonly { readonly prototype: object }[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
  SuppressedError,
];

export const WELL_KNOWN_SYMBOLS: readonly symbol[] = [
  Symbol.asyncIterator,
  Symbol.hasInstance,
  Symbol.isConcatSpreadable,
  Symbol.iterator,
  Symbol.match,
  Symbol.matchAll,
  Symbol.replace,
  Symbol.search,
  Symbol.species,
  Symbol.split,
  Symbol.toPrimitive,
  Symbol.toStringTag,
  Symbol.unscopables,
  Symbol.dispose,
  Symbol.asyncDispose,
];

export const INTRINSICS: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Date.prototype,
  RegExp.prototype,
  ArrayBuffer.prototype,
  DataView.prototype,
  Buffer.prototype,
  Number.prototype,
  String.prototype,
  Boolean.prototype,
  Symbol.prototype,
  BigInt.prototype,
  URL.prototype,
  URLSearchParams.prototype,
  DOMException.prototype,
  Array.prototype.values,
  ...ERROR_CONSTRUCTORS.map((constructor) => constructor.prototype),
  ...VIEW_CONSTRUCTORS.map((constructor) => constructor.prototype),
  ...NODE_ERROR_PROTOTYPES,
  ABORT_ERROR_PROTOTYPE,
];

export const INTRINSIC_NUMBERS: ReadonlyMap<object, number> = new Map(
  INTRINSICS.map((value, index) => [value, index]),
);
