/**
 * ArrayBuffers and their views.
 *
 * A Node Buffer is mostly a small window on a large shared pool. Of an ArrayBuffer that is seen only through such windows just the
 * seen ranges are saved (islands); windows that overlap share an island. Every other ArrayBuffer is saved whole.
 * Which of the two applies depends on all views of it: the first walk decides when it meets the first view, and when a later view
 * contradicts, the whole walk is repeated with what the first one found out.
 */
import { inspect, types } from 'node:util';
import * as F from '../format.ts';
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import { VIEW_BUFFER, VIEW_CONSTRUCTORS, VIEW_DATA_VIEW } from '../intrinsics.ts';
import type { Encoder } from './encoder.ts';
import { addLeaf } from './leaf-objects.ts';
import { isBare } from './properties.ts';
import { refuse } from './refuse.ts';

/** A saved range of an ArrayBuffer; stands for an ArrayBuffer of its own in the snapshot. */
export interface Island {
  readonly start: number;
  readonly end: number;
}

/** What one walk knows about an ArrayBuffer. */
interface BufferUse {
  /** Saved ranges; undefined: saved whole. */
  islands: Island[] | undefined;
  /** Ranges of all views met. */
  readonly ranges: Island[];
  /** The ArrayBuffer itself is held by the script. */
  held: boolean;
  seenAsBuffer: boolean;
  seenAsOther: boolean;
}

export interface BufferPlan {
  readonly uses: Map<ArrayBuffer, BufferUse>;
  /** A later view did not fit what an earlier one had decided. */
  conflict: boolean;
}

const typedArrayPrototype: object = Object.getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayTag = getterOf<string>(typedArrayPrototype, Symbol.toStringTag);
const typedArrayBuffer = getterOf<ArrayBuffer>(typedArrayPrototype, 'buffer');
const typedArrayOffset = getterOf<number>(typedArrayPrototype, 'byteOffset');
const typedArrayLength = getterOf<number>(typedArrayPrototype, 'length');
const dataViewBuffer = getterOf<ArrayBuffer>(DataView.prototype, 'buffer');
const dataViewOffset = getterOf<number>(DataView.prototype, 'byteOffset');
const dataViewLength = getterOf<number>(DataView.prototype, 'byteLength');
const bufferLength = getterOf<number>(ArrayBuffer.prototype, 'byteLength');
const bufferMaximum = getterOf<number>(ArrayBuffer.prototype, 'maxByteLength');
const bufferResizable = getterOf<boolean>(ArrayBuffer.prototype, 'resizable');
const bufferDetached = getterOf<boolean>(ArrayBuffer.prototype, 'detached');

function useOf(e: Encoder, buffer: ArrayBuffer): BufferUse | undefined {
  return e.buffers?.uses.get(buffer);
}

function firstUse(e: Encoder, buffer: ArrayBuffer, asRange: boolean): BufferUse {
  const planned = e.plan?.buffers.uses.get(buffer);
  const islands = planned === undefined ? (asRange ? [] : undefined) : planned.islands;
  const use: BufferUse = { islands, ranges: [], held: false, seenAsBuffer: false, seenAsOther: false };
  (e.buffers ??= { uses: new Map(), conflict: false }).uses.set(buffer, use);
  return use;
}

/** An ArrayBuffer that the script holds, or the whole one behind a view. */
export function writeArrayBuffer(e: Encoder, buffer: ArrayBuffer): void {
  const use = useOf(e, buffer) ?? firstUse(e, buffer, false);
  use.held = true;
  if (use.islands !== undefined) e.buffers!.conflict = true;
  const { out } = e;
  addLeaf(e, buffer, !isBare(buffer, ArrayBuffer.prototype), ArrayBuffer.prototype);
  out.reserve(32);
  out.byte(F.RARE);
  out.byte(F.RARE_ARRAY_BUFFER);
  if (bufferDetached(buffer)) {
    out.byte(F.BUFFER_DETACHED);
    return;
  }
  const resizable = bufferResizable(buffer);
  const length = bufferLength(buffer);
  out.byte(resizable ? F.BUFFER_RESIZABLE : 0);
  out.varint(length);
  if (resizable) out.varint(bufferMaximum(buffer));
  out.raw(new Uint8Array(buffer, 0, length));
}

function writeIsland(e: Encoder, buffer: ArrayBuffer, island: Island): void {
  const { out } = e;
  if (e.objects.find(island) >= 0) {
    e.value(island);
    return;
  }
  addLeaf(e, island, false, ArrayBuffer.prototype);
  out.reserve(32);
  out.byte(F.RARE);
  out.byte(F.RARE_ARRAY_BUFFER);
  out.byte(0);
  out.varint(island.end - island.start);
  out.raw(new Uint8Array(buffer, island.start, island.end - island.start));
}

/** Typed arrays, DataView and Buffer. */
export function writeView(e: Encoder, view: ArrayBufferView): void {
  const { out } = e;
  const kind = kindOf(view);
  const buffer = bufferOf(view);
  if (types.isSharedArrayBuffer(buffer)) throw refuse(e, view, 'a view of a SharedArrayBuffer');
  if (bufferDetached(buffer)) throw refuse(e, view, 'a view of a detached ArrayBuffer');
  const { offset, length, size } = extentOf(e, view, kind);
  const prototype = kind === VIEW_BUFFER ? Buffer.prototype : viewPrototype(kind);
  const tracking = bufferResizable(buffer) && isLengthTracking(view, kind, buffer);
  const index = e.objects.count;
  addLeaf(e, view, !isBareView(view, kind, prototype, length), prototype);
  out.reserve(32);
  out.byte(F.RARE);
  out.byte(F.RARE_VIEW);
  out.byte(kind);
  out.byte(tracking ? 1 : 0);
  const start = writeBufferOf(
    e,
    buffer,
    { start: offset, end: offset + length * size },
    kind === VIEW_BUFFER,
  );
  e.references[e.referenceCount++] = index;
  e.references[e.referenceCount++] = e.last;
  e.last = index;
  out.reserve(16);
  out.varint(offset - start);
  if (!tracking) out.varint(length);
}

/** Writes the ArrayBuffer of a view, or the island that the view needs; returns where that begins. */
function writeBufferOf(e: Encoder, buffer: ArrayBuffer, range: Island, isBuffer: boolean): number {
  const partial = range.end - range.start < (bufferLength(buffer) as number);
  const asRange = isBuffer && partial && !bufferResizable(buffer);
  const use = useOf(e, buffer) ?? firstUse(e, buffer, asRange);
  use.ranges.push(range);
  if (isBuffer) use.seenAsBuffer = true;
  else use.seenAsOther = true;
  if (use.islands === undefined) {
    const { held } = use;
    // Saved whole because of a view that came first; a plan might do better.
    if (e.plan === undefined && !held && use.seenAsBuffer && use.seenAsOther) e.buffers!.conflict = true;
    e.value(buffer);
    use.held = held;
    return 0;
  }
  const island = findIsland(e, use.islands, range, asRange);
  writeIsland(e, buffer, island);
  return island.start;
}

function findIsland(e: Encoder, islands: Island[], range: Island, asRange: boolean): Island {
  if (e.plan !== undefined) return plannedIsland(islands, range);
  if (!asRange || islands.length > SEARCHED_ISLANDS) e.buffers!.conflict = true;
  else {
    for (const island of islands) if (island.start <= range.start && range.end <= island.end) return island;
    if (islands.some((island) => island.start < range.end && range.start < island.end))
      e.buffers!.conflict = true;
  }
  islands.push(range);
  return range;
}

/** More than this, and the second walk, whose islands are in order, is quicker than searching. */
const SEARCHED_ISLANDS = 64;

/** The island that contains `range`: the last that does not begin after it. */
function plannedIsland(islands: readonly Island[], range: Island): Island {
  let low = 0;
  let high = islands.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (islands[middle]!.start <= range.start) low = middle;
    else high = middle - 1;
  }
  return islands[low]!;
}

/** Newer versions of Node.js align their pools, which makes them larger than `Buffer.poolSize`. */
const ALIGNED_POOL_SIZE = Buffer.allocUnsafe(1).buffer.byteLength;

/** How to save each ArrayBuffer, now that all views of it are known. */
export function planBuffers(found: BufferPlan | undefined): BufferPlan {
  const uses = new Map<ArrayBuffer, BufferUse>();
  for (const [buffer, use] of found?.uses ?? []) {
    const size = buffer.byteLength;
    const isPool = use.seenAsBuffer && (size === Buffer.poolSize || size === ALIGNED_POOL_SIZE);
    const whole = use.held || buffer.resizable || !use.seenAsBuffer || (use.seenAsOther && !isPool);
    uses.set(buffer, { ...use, islands: whole ? undefined : merge(use.ranges) });
  }
  return { uses, conflict: false };
}

/** Ranges that overlap become one. */
function merge(ranges: readonly Island[]): Island[] {
  const merged: Island[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start < last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else if (last === undefined || range.end > last.end) merged.push(range);
  }
  return merged;
}

function kindOf(view: ArrayBufferView): number {
  if (types.isDataView(view)) return VIEW_DATA_VIEW;
  if (Object.getPrototypeOf(view) === Buffer.prototype) return VIEW_BUFFER;
  const tag: unknown = typedArrayTag(view);
  return VIEW_CONSTRUCTORS.findIndex((constructor) => constructor.name === tag);
}

function viewPrototype(kind: number): object {
  return kind === VIEW_DATA_VIEW ? DataView.prototype : VIEW_CONSTRUCTORS[kind]!.prototype;
}

function bufferOf(view: ArrayBufferView): ArrayBuffer {
  return (types.isDataView(view) ? dataViewBuffer : typedArrayBuffer)(view);
}

function extentOf(
  e: Encoder,
  view: ArrayBufferView,
  kind: number,
): { offset: number; length: number; size: number } {
  if (kind === VIEW_DATA_VIEW) {
    try {
      return { offset: dataViewOffset(view), length: dataViewLength(view), size: 1 };
    } catch {
      throw refuse(e, view, 'a view beyond the end of its ArrayBuffer', { fix: OUT_OF_BOUNDS_FIX });
    }
  }
  const length = typedArrayLength(view);
  // Out of bounds it says 0, like one that is empty; asking for its keys tells them apart.
  if (length === 0 && typedArrayOffset(view) === 0 && isOutOfBounds(view))
    throw refuse(e, view, 'a view beyond the end of its ArrayBuffer', { fix: OUT_OF_BOUNDS_FIX });
  const size = kind === VIEW_BUFFER ? 1 : VIEW_CONSTRUCTORS[kind]!.BYTES_PER_ELEMENT;
  return { offset: typedArrayOffset(view), length, size };
}

const OUT_OF_BOUNDS_FIX =
  'Resize the ArrayBuffer first, or hold the buffer and make the view again afterwards.';
const typedArrayKeys = methodOf<[], unknown>(typedArrayPrototype, 'keys');

function isOutOfBounds(view: ArrayBufferView): boolean {
  try {
    typedArrayKeys(view);
    return false;
  } catch {
    return true;
  }
}

/** Whether a view grows with its resizable ArrayBuffer. Nothing says so: the buffer is resized for a moment. */
function isLengthTracking(view: ArrayBufferView, kind: number, buffer: ArrayBuffer): boolean {
  const lengthOf = (): number => (kind === VIEW_DATA_VIEW ? dataViewLength : typedArrayLength)(view);
  const size = bufferLength(buffer);
  const before = lengthOf();
  const room = (bufferMaximum(buffer) as number) - size;
  const step = 8;
  if (room >= step) {
    buffer.resize(size + step);
    const grown = lengthOf();
    buffer.resize(size);
    return grown !== before;
  }
  if (before === 0) return false;
  const content = new Uint8Array(buffer).slice();
  const element = kind < VIEW_DATA_VIEW ? VIEW_CONSTRUCTORS[kind]!.BYTES_PER_ELEMENT : 1;
  const { byteOffset } = view;
  // Cut off the last element of the view: a view of fixed length is then out of bounds (length 0, or an exception).
  buffer.resize(byteOffset + (before - 1) * element);
  let tracking: boolean;
  try {
    tracking = lengthOf() === before - 1 && (before > 1 || isInBounds(view));
  } catch {
    tracking = false;
  }
  buffer.resize(size);
  new Uint8Array(buffer).set(content);
  return tracking;
}

/** A typed array that begins where its buffer ends has its offset still; one that is out of bounds says 0. */
function isInBounds(view: ArrayBufferView): boolean {
  return view.byteOffset > 0 || types.isDataView(view);
}

function isBareView(view: ArrayBufferView, kind: number, prototype: object, length: number): boolean {
  if (kind === VIEW_DATA_VIEW) return isBare(view, prototype);
  if (length <= 64) return isBare(view, prototype, length);
  if (
    Object.getPrototypeOf(view) !== prototype ||
    !Object.isExtensible(view) ||
    Object.getOwnPropertySymbols(view).length > 0
  ) {
    return false;
  }
  // Listing the names of a long typed array takes longer than copying it; inspect shows only those that are no elements.
  return inspect(view, INSPECT_KEYS) === inspect(freshView(view, kind, length), INSPECT_KEYS);
}

const INSPECT_KEYS = { maxArrayLength: 0, depth: 0, showHidden: true, customInspect: false } as const;

function freshView(view: ArrayBufferView, kind: number, length: number): ArrayBufferView {
  if (kind === VIEW_BUFFER) return Buffer.from(view.buffer as ArrayBuffer, view.byteOffset, length);
  return new VIEW_CONSTRUCTORS[kind]!(view.buffer as ArrayBuffer, view.byteOffset, length);
}
