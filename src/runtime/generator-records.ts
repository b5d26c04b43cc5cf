/** Generators in snapshots. Tags and the order of fields belong to the format: never change, only append. */
import type { RecordType } from '../snapshot/index.ts';
import {
  AsyncGeneratorMachine,
  AsyncRequest,
  DurableAsyncGenerator,
  ENDED,
  isDurableAsyncGenerator,
  machineIn,
  setMachine,
  START,
} from './async-generator.ts';
import type { FunctionRecord } from './function-record.ts';
import { ASYNC_GENERATORS, usualPrototype } from './generator-functions.ts';
import {
  DurableGenerator,
  GeneratorFrame,
  generatorState,
  isDurableGenerator,
  setGeneratorState,
} from './generator.ts';
import { isDurablePromise } from './promise.ts';
import { ownProperties } from './promise-snapshot.ts';
import type { Instance } from './instance.ts';
import { functionOf, malformed, restoringOwner } from './restoring.ts';
import { noteSettler } from './settlers.ts';

/** Flags of a generator object in a snapshot: which fields follow. */
const HAS_CODE = 1;
const STARTED = 2;
const WITH_PROTOTYPE = 4;
const WITH_PROPERTIES = 8;

/** Prototype and properties, as far as they are not what a fresh generator object has. */
function readObject(generator: object, usual: object): { flags: number; fields: unknown[] } {
  const prototype: unknown = Object.getPrototypeOf(generator);
  const own = ownProperties(generator);
  const fields: unknown[] = [];
  if (prototype !== usual) fields.push(prototype);
  if (own) fields.push(own);
  return { flags: (prototype === usual ? 0 : WITH_PROTOTYPE) + (own ? WITH_PROPERTIES : 0), fields };
}

/** Returns the index of the first field that is left. */
function writeObject(generator: object, usual: object, flags: number, fields: readonly unknown[]): number {
  let index = 1;
  const prototype = flags & WITH_PROTOTYPE ? fields[index++] : usual;
  if (prototype === null || (typeof prototype !== 'object' && typeof prototype !== 'function'))
    throw malformed('the prototype of a generator');
  Object.setPrototypeOf(generator, prototype);
  if (flags & WITH_PROPERTIES) Object.assign(generator, fields[index++]);
  return index;
}

function flagsOf(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 15)
    throw malformed('flags of a generator');
  return value as number;
}

/**
 * A generator object is told by its private fields: its prototype can be anything, and the `prototype` objects of generator functions
 * inherit from the same object as it may.
 */
const notByPrototype = (): object => ({});

/** Fields of a generator object before number and position of its code; undefined if it has ended. */
export function fieldsBeforeCode(fields: readonly unknown[]): number | undefined {
  const flags = flagsOf(fields[0]);
  if ((flags & HAS_CODE) === 0) return undefined;
  return 1 + (flags & WITH_PROTOTYPE ? 1 : 0) + (flags & WITH_PROPERTIES ? 1 : 0);
}

export const generatorType: RecordType<DurableGenerator> = {
  tag: 27,
  name: 'Generator',
  prototype: notByPrototype(),
  read(generator) {
    const state = generatorState(generator);
    const { flags, fields } = readObject(
      generator,
      state ? usualPrototype(state.fn) : DurableGenerator.prototype,
    );
    if (!state) return [flags, ...fields];
    const { fn, at, slots, started } = state;
    return [flags + HAS_CODE + (started ? STARTED : 0), ...fields, fn.id, at, ...slots];
  },
  create: () => new DurableGenerator({}, new GeneratorFrame(null, null)),
  write(generator, fields) {
    const flags = flagsOf(fields[0]);
    const before = fieldsBeforeCode(fields);
    if (before === undefined) {
      writeObject(generator, DurableGenerator.prototype, flags, fields);
      setGeneratorState(generator, undefined);
      return;
    }
    const slots = fields.slice(before + 2);
    const fn = code(fields[before], fields[before + 1], slots.length, 'generator');
    writeObject(generator, usualPrototype(fn), flags, fields);
    const started = (flags & STARTED) !== 0;
    setGeneratorState(generator, { fn, at: fields[before + 1] as number, slots, started });
  },
  label(generator, index) {
    const state = generatorState(generator);
    return (
      state && label(state.fn, state.at, index - (generatorType.read(generator).length - state.slots.length))
    );
  },
};

function code(id: unknown, at: unknown, slots: number, kind: string): FunctionRecord {
  const fn = functionOf((restoringOwner() as Instance).realm, id, at, slots);
  if (fn.metadata.kind !== kind) throw malformed('a generator');
  return fn;
}

/** How a live variable reads in a path. */
export function label(fn: FunctionRecord, at: number, slot: number): string | undefined {
  const name = fn.metadata.points[at]?.slots[slot];
  if (name === undefined) return undefined;
  const shown = name.startsWith('(')
    ? `a ${name.slice(1, -1)} value`
    : name === 'this'
      ? name
      : `local "${name}"`;
  return `${fn.place(at)} ${fn.metadata.name}(): ${shown}`;
}

const asyncGeneratorType: RecordType<DurableAsyncGenerator> = {
  tag: 28,
  name: 'AsyncGenerator',
  prototype: notByPrototype(),
  read(generator) {
    const machine = machineIn(generator);
    const { flags, fields } = readObject(generator, ASYNC_GENERATORS.prototype);
    return [flags, ...fields, machine];
  },
  create: () => new DurableAsyncGenerator({}, new AsyncGeneratorMachine(undefined, [])),
  write(generator, fields) {
    const flags = flagsOf(fields[0]);
    const machine = fields[writeObject(generator, ASYNC_GENERATORS.prototype, flags, fields)];
    if (!(machine instanceof AsyncGeneratorMachine)) throw malformed('an async generator');
    setMachine(generator, machine);
  },
};

/** Fields before its live variables: state, phase, requests, frame, number and position of its code. */
export const MACHINE_HEAD = 6;

export const machineType: RecordType<AsyncGeneratorMachine> = {
  tag: 29,
  name: 'AsyncGeneratorMachine',
  prototype: AsyncGeneratorMachine.prototype,
  read(machine) {
    const { state, phase, queue, frame, fn, at, slots } = machine;
    for (const { promise } of queue) noteSettler(promise);
    return [state, phase, queue.length > 0 ? queue : null, frame, fn?.id, at, ...slots];
  },
  create: () => new AsyncGeneratorMachine(undefined, []),
  write(machine, [state, phase, queue, frame, id, at, ...slots]) {
    const isNumber = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
    if (!isNumber(state) || state > ENDED || !isNumber(phase) || phase > 3 || !isNumber(at))
      throw malformed('an async generator');
    if (frame !== undefined && !isDurablePromise(frame)) throw malformed('the frame of an async generator');
    if (queue !== null && !(Array.isArray(queue) && queue.every((item) => item instanceof AsyncRequest)))
      throw malformed('the requests of an async generator');
    Object.assign(machine, { state, phase, queue: queue ?? [], frame, at, slots });
    if (id !== undefined) machine.fn = code(id, at, state === START ? slots.length : -1, 'async-generator');
  },
  label(machine, index) {
    const slot = index - MACHINE_HEAD;
    return slot < 0 || !machine.fn ? undefined : label(machine.fn, machine.at, slot);
  },
};

export const GENERATOR_TYPES: readonly RecordType[] = [generatorType, asyncGeneratorType, machineType];

/** The record type of a generator object, whatever its prototype is. */
export function generatorRecord(value: object): RecordType | undefined {
  if (isDurableGenerator(value)) return generatorType;
  return isDurableAsyncGenerator(value) ? asyncGeneratorType : undefined;
}
