/** A small runtime to test snapshots with: frames, promises and boxes as records, closures, classes, names, user types. */
import type {
  Closure,
  InstanceType,
  RecordType,
  SnapshotContext,
  UserType,
} from '../../src/snapshot/index.ts';
import { SnapshotError } from '../../src/snapshot/index.ts';

export const CODE_HASH = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

export class Box {
  v: unknown;

  constructor(v?: unknown) {
    this.v = v;
  }
}

export class Frame {
  name = '';
  line = 0;
  at = 0;
  locals: string[] = [];
  slots: unknown[] = [];
}

export class FakePromise {
  state = 'pending';
  value: unknown = undefined;
  waiters: unknown[] = [];
}

export function frame(name: string, line: number, locals: Record<string, unknown>): Frame {
  const made = new Frame();
  made.name = name;
  made.line = line;
  made.at = 1;
  made.locals = Object.keys(locals);
  made.slots = Object.values(locals);
  return made;
}

const boxRecord: RecordType<Box> = {
  tag: 1,
  name: 'box',
  prototype: Box.prototype,
  read: (box) => [box.v],
  create: () => new Box(),
  write(box, fields) {
    box.v = fields[0];
  },
};

/** Names of functions and locals come with the code, not with the frame. */
const frameRecord: RecordType<Frame> = {
  tag: 2,
  name: 'frame',
  prototype: Frame.prototype,
  read: (it) => [it.name, it.line, it.at, it.locals.length, ...it.locals, ...it.slots],
  create: () => new Frame(),
  write(it, fields) {
    const [name, line, at, count] = fields;
    if (
      typeof name !== 'string' ||
      typeof line !== 'number' ||
      typeof at !== 'number' ||
      typeof count !== 'number'
    ) {
      throw new SnapshotError('WM4099', 'Not a frame');
    }
    it.name = name;
    it.line = line;
    it.at = at;
    it.locals = fields.slice(4, 4 + count) as string[];
    it.slots = fields.slice(4 + count);
  },
  label(it, index) {
    const local = it.locals[index - 4 - it.locals.length];
    return local === undefined ? undefined : `payments.ts:${it.line} ${it.name}(): local "${local}"`;
  },
};

const promiseRecord: RecordType<FakePromise> = {
  tag: 3,
  name: 'promise',
  prototype: FakePromise.prototype,
  read: (it) => [it.state, it.value, it.waiters],
  create: () => new FakePromise(),
  write(it, fields) {
    const [state, value, waiters] = fields;
    if (typeof state !== 'string' || !Array.isArray(waiters))
      throw new SnapshotError('WM4099', 'Not a promise');
    it.state = state;
    it.value = value;
    it.waiters = waiters as unknown[];
  },
};

export const RECORDS: readonly RecordType[] = [boxRecord, frameRecord, promiseRecord];

const closures = new WeakMap<object, Closure>();

/** The functions of the fake bundle. */
const factories: readonly ((...cells: any[]) => Function)[] = [
  (box: Box) => () => ++(box.v as number),
  (box: Box) => (step: number) => (box.v = (box.v as number) + step),
  (constant: unknown) =>
    function named() {
      return constant;
    },
  (inner: () => unknown) => () => inner(),
  (box: Box) =>
    async function run() {
      return box.v;
    },
  () =>
    function* generate() {
      yield 1;
    },
  (target: (...args: unknown[]) => unknown, receiver: unknown, ...args: unknown[]) =>
    target.bind(receiver, ...args),
  () =>
    class Dynamic {
      kind = 'dynamic';
      hello() {
        return `hello ${this.kind}`;
      }
    },
];
export const COUNTER = 0;
export const ADDER = 1;
export const CONSTANT = 2;
export const CALLER = 3;
export const ASYNC = 4;
export const GENERATOR = 5;
export const BOUND = 6;
export const DYNAMIC_CLASS = 7;

export function closure(code: number, ...cells: unknown[]): any {
  const factory = factories[code];
  if (factory === undefined || (cells.length !== factory.length && code !== BOUND)) {
    throw new SnapshotError('WM4098', `No closure ${code} with ${cells.length} cells`);
  }
  const made = factory(...cells);
  closures.set(made, { code, cells });
  return made;
}

let restoring = false;

export class Animal {
  name = 'nobody';
  #secret: unknown = undefined;

  constructor(name?: string, secret?: unknown) {
    if (restoring) return;
    this.name = name ?? 'nobody';
    this.#secret = secret;
  }

  get secret(): unknown {
    return this.#secret;
  }

  static read(value: object): unknown[] {
    return [(value as Animal).#secret];
  }

  static write(value: object, fields: readonly unknown[]): void {
    (value as Animal).#secret = fields[0];
  }
}

export class Dog extends Animal {
  /** Hides a setter of the prototype once it is an own property. */
  get tricks(): unknown {
    return 'getter';
  }

  set tricks(_value: unknown) {
    throw new Error('a setter was run');
  }
}

export class Registry extends Map<unknown, unknown> {
  label = 'registry';
}
export class Ids extends Set<unknown> {}
export class List extends Array<unknown> {}
export class Failure extends Error {
  detail: unknown = undefined;
}
export class Moment extends Date {}
export class Pattern extends RegExp {}
export class Samples extends Float64Array {}
export class Guarded extends RegExp {
  #guard = 1;

  get guard(): number {
    return this.#guard;
  }
}

const noPrivates = (constructor: new () => object): InstanceType => ({
  create: () => new constructor(),
  readPrivates: () => [],
  writePrivates: () => undefined,
});

const withSecret = (constructor: new () => object): InstanceType => ({
  create() {
    restoring = true;
    try {
      const made = new constructor() as Partial<Animal>;
      delete made.name;
      return made;
    } finally {
      restoring = false;
    }
  },
  readPrivates: (value) => Animal.read(value),
  writePrivates: (value, fields) => Animal.write(value, fields),
});

const emptied = (constructor: new () => object, ...names: string[]): InstanceType => ({
  ...noPrivates(constructor),
  create() {
    const made = new constructor();
    for (const name of names) Reflect.deleteProperty(made, name);
    return made;
  },
});

const instanceTypes = new Map<object, InstanceType>([
  [Animal.prototype, withSecret(Animal)],
  [Dog.prototype, withSecret(Dog)],
  [Registry.prototype, emptied(Registry, 'label')],
  [Ids.prototype, noPrivates(Ids)],
  [List.prototype, noPrivates(List)],
  [Failure.prototype, emptied(Failure, 'detail')],
  [Moment.prototype, noPrivates(Moment)],
  [Pattern.prototype, { ...noPrivates(Object), create: () => new Pattern('x') }],
  [Samples.prototype, noPrivates(Samples)],
  [
    Guarded.prototype,
    {
      create: () => new Guarded('x'),
      readPrivates: (it) => [(it as Guarded).guard],
      writePrivates: () => undefined,
    },
  ],
]);

/** A registered class. */
export class Money {
  readonly amount: bigint;
  readonly currency: string;
  note: unknown;

  constructor(amount: bigint, currency: string, note?: unknown) {
    this.amount = amount;
    this.currency = currency;
    this.note = note;
  }
}

/** Called by `read` of Money with its note, to check that the data is complete by then. */
export const observer: { onRead?: ((note: unknown) => void) | undefined } = {};

const moneyType: UserType = {
  name: 'Money',
  write: (it) => {
    const { amount, currency, note } = it as Money;
    if (currency === 'throw') throw new Error('no such currency');
    return { amount, currency, note };
  },
  read(data) {
    const { amount, currency, note } = data as Money;
    if (typeof amount !== 'bigint') throw new TypeError('amount is no bigint');
    observer.onRead?.(note);
    return new Money(amount, currency, note);
  },
};

export const UNSET = Symbol('unset');
export const CONFIG = { region: 'eu', limits: [1, 2, 3] };
export function imported(): string {
  return 'imported';
}

const names = new Map<string, object | symbol>([
  ['unset', UNSET],
  ['config', CONFIG],
  ['imported', imported],
  ['Math', Math],
  ['class:Animal', Animal],
  ['class:Animal.prototype', Animal.prototype],
  ['class:Dog.prototype', Dog.prototype],
  ['class:Registry.prototype', Registry.prototype],
  ['class:Ids.prototype', Ids.prototype],
  ['class:List.prototype', List.prototype],
  ['class:Failure.prototype', Failure.prototype],
  ['class:Moment.prototype', Moment.prototype],
  ['class:Pattern.prototype', Pattern.prototype],
  ['class:Samples.prototype', Samples.prototype],
]);
const nameOf = new Map<object | symbol, string>([...names].map(([name, value]) => [value, name]));

export const context: SnapshotContext = {
  codeHash: CODE_HASH,
  records: RECORDS,
  referenceOf: (value) => nameOf.get(value),
  resolveReference(name) {
    const value = names.get(name);
    if (value === undefined) throw new SnapshotError('WM4097', `No name ${name}`);
    return value;
  },
  closureOf: (fn) => closures.get(fn),
  createClosure: (code, cells) => closure(code, ...cells) as object,
  instanceTypeOf: (prototype) => instanceTypes.get(prototype),
  userTypeOf: (prototype) => (prototype === Money.prototype ? moneyType : undefined),
  userTypeNamed: (name) => (name === 'Money' ? moneyType : undefined),
};
