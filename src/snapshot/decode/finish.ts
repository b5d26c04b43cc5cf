/**
 * After all shells exist: makes what needs others, fills what waited, sets attributes, freezes.
 *
 * Without user types everything is done kind by kind. With them, component by component of the object graph, callees before
 * callers, because `read` of a user type must get its data complete.
 */
import { eachComponent, orderByNeeds } from '../construction-order.ts';
import * as F from '../format.ts';
import type { RecordType, UserType } from '../snapshot-context.ts';
import { malformed, SnapshotCode, SnapshotError } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';
import { makeClosure, makePrototype } from './functions.ts';
import type { ClosureBody } from './functions.ts';
import { makeHost } from './hosts.ts';
import type { HostBody } from './hosts.ts';
import { makeInstanceOf } from './instances.ts';
import type { InstanceOfBody } from './instances.ts';
import { makePart } from './parts.ts';
import type { PartBody } from './parts.ts';
import { Pending } from './pending.ts';
import { applyExtras } from './properties.ts';

export function finish(d: Decoder): void {
  if (d.hasUserTypes) finishByComponent(d);
  else finishByKind(d);
  for (const put of d.ephemerons) put();
}

function finishByKind(d: Decoder): void {
  if (d.made > 0) makeAll(d, madeIndices(d));
  for (let at = 0; at < d.fixTargets.length; at++) applyFix(d, at);
  for (const task of d.late) task.run();
  for (let at = 0; at < d.recordIndices.length; at++) writeRecord(d, at);
  for (const extras of d.extras) applyExtras(d, extras);
}

function madeIndices(d: Decoder): number[] {
  const indices: number[] = [];
  for (let index = 0; index < d.objects.length; index++)
    if (Pending.is(d.objects[index])) indices.push(index);
  return indices;
}

/** Makes closures and prototypes; whatever else they need directly exists already. */
function makeAll(d: Decoder, indices: readonly number[]): void {
  const needs: number[] = [];
  for (const index of indices) {
    for (const cell of directNeeds(d, index)) {
      if (Pending.is(cell) && Pending.is(d.objects[cell.index])) needs.push(index, cell.index);
    }
  }
  if (needs.length > 0) {
    const order = orderByNeeds(needs);
    if (typeof order === 'number') throw malformed('something needs itself to be made');
    for (const index of order) make(d, index);
  }
  for (const index of indices) if (Pending.is(d.objects[index])) make(d, index);
}

function directNeeds(d: Decoder, index: number): readonly unknown[] {
  const payload = d.payloads[index];
  switch (d.kinds[index]) {
    case F.BODY_CLOSURE:
      return (payload as ClosureBody).cells;
    case F.BODY_PART:
    case F.BODY_PART_AS_MADE:
      return [(payload as PartBody).owner];
    case F.BODY_HOST:
      return (payload as HostBody).parts;
    case F.BODY_INSTANCE_OF:
      return [(payload as InstanceOfBody).prototype];
    default:
      return [payload];
  }
}

function make(d: Decoder, index: number): void {
  switch (d.kinds[index]) {
    case F.BODY_CLOSURE:
      return makeClosure(d, index);
    case F.BODY_PROTOTYPE:
      return makePrototype(d, index);
    case F.BODY_PART:
    case F.BODY_PART_AS_MADE:
      return makePart(d, index);
    case F.BODY_INSTANCE_OF:
      return makeInstanceOf(d, index);
    case F.BODY_HOST:
      return makeHost(d, index);
    default:
      makeUser(d, index);
  }
}

function makeUser(d: Decoder, index: number): void {
  const { type, data } = d.payloads[index] as { type: UserType; data: unknown };
  const resolved: unknown = d.resolve(data);
  let made: unknown;
  try {
    made = type.read(resolved);
  } catch (cause) {
    throw readFailed(type, `threw: ${String(cause)}`, cause);
  }
  if ((typeof made !== 'object' || made === null) && typeof made !== 'function') {
    throw readFailed(type, `returned ${made === null ? 'null' : typeof made} instead of an object`);
  }
  d.objects[index] = made;
}

function readFailed(type: UserType, what: string, cause?: unknown): SnapshotError {
  return new SnapshotError(SnapshotCode.userReadFailed, `read() of ${type.name} ${what}`, {
    fix: `Correct read() given to serializable(..., { name: ${JSON.stringify(type.name)} }): it must accept what write() gave.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

function applyFix(d: Decoder, at: number): void {
  d.fixTargets[at][d.fixKeys[at]!] = d.resolve(d.fixValues[at]);
}

function writeRecord(d: Decoder, at: number): void {
  const index = d.recordIndices[at]!;
  const fields = d.recordFields[at]!;
  if (d.made > 0) {
    for (let field = 0; field < fields.length; field++) fields[field] = d.resolve(fields[field]);
  }
  (d.payloads[index] as RecordType).write(d.objects[index] as object, fields);
}

function finishByComponent(d: Decoder): void {
  const tasks = tasksByIndex(d);
  const graph = {
    count: d.objects.length,
    firstChild: d.firstChild,
    references: d.references,
    referenceCount: d.references.length,
  };
  eachComponent(graph, (members) => {
    const pending = members.filter((index) => Pending.is(d.objects[index]));
    if (members.length > 1 && pending.some((index) => d.kinds[index] === F.BODY_USER)) {
      throw malformed('a user type needs itself to be made');
    }
    if (pending.length > 0) makeAll(d, pending);
    for (let phase = 0; phase < PHASES; phase++) {
      for (const index of members) tasks.get(index)?.[phase]?.forEach((task) => task());
    }
  });
}

const PHASES = 4;

/** What is left to do for each object, by phase. */
function tasksByIndex(d: Decoder): Map<number, (() => void)[][]> {
  const tasks = new Map<number, (() => void)[][]>();
  const add = (index: number, phase: number, task: () => void): void => {
    let phases = tasks.get(index);
    if (phases === undefined) tasks.set(index, (phases = []));
    (phases[phase] ??= []).push(task);
  };
  d.fixIndices.forEach((index, at) => add(index, 0, () => applyFix(d, at)));
  for (const task of d.late) add(task.index, 1, task.run);
  d.recordIndices.forEach((index, at) => add(index, 2, () => writeRecord(d, at)));
  for (const extras of d.extras) add(extras.index, 3, () => applyExtras(d, extras));
  return tasks;
}
