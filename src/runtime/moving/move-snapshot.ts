/**
 * A snapshot of one version of a script as a snapshot of another: decoded with the names, functions and slots of the new code in
 * place of those of the old, then encoded again. Nothing of the script runs, nothing is guessed. docs/decisions/0012 has the rule.
 */
import type { RecordType, SnapshotContext } from '../../snapshot/index.ts';
import { contextOf } from '../capture.ts';
import { framesOf, NO_HOST } from '../inspect.ts';
import { Instance } from '../instance.ts';
import { FIRST_BUNDLE_CODE } from '../own-functions.ts';
import { type DurablePromise } from '../promise.ts';
import { writePromise } from '../promise-snapshot.ts';
import { fieldsBeforeFrame, WITH_FRAME } from '../promise-flags.ts';
import type { Realm } from '../realm.ts';
import { RECORD_TYPES } from '../record-types.ts';
import { promiseCheck } from '../restoring.ts';
import { FunctionMatches } from './match-functions.ts';
import { matchCells, matchPoint } from './match-slots.ts';
import { movedInstanceType } from './private-fields.ts';
import { type Refusal, Refusals } from './refusals.ts';
import { NameTranslation } from './translate-names.ts';

export type { Refusal } from './refusals.ts';

export type Moved =
  | {
      readonly snapshot: Uint8Array;
      /** What the new code has no use for any more: `shop.ts#total`. */
      readonly dropped: readonly string[];
    }
  | { readonly refusals: readonly Refusal[] };

const PROMISE_TAG = 1;
/** Records known to hold no numbers of functions besides frames: first and last tag. Others are refused until this list has them. */
const KNOWN_TAGS: readonly (readonly [number, number])[] = [
  [1, 26],
  [40, 44],
  [60, 60],
];
const isKnown = (tag: number): boolean => KNOWN_TAGS.some(([first, last]) => first <= tag && tag <= last);

/**
 * @param from what the snapshot belongs to, with `identity` in the metadata of its bundle
 * @param makeRealm the new code, evaluated anew if it has state at module level
 * @throws SnapshotError if the bytes are not a snapshot of `from`
 */
export function moveSnapshot(snapshot: Uint8Array, from: Realm, makeRealm: () => Realm): Moved {
  const to = makeRealm();
  const move = new Move(from, to);
  const instance = Instance.restore(snapshot, initOf(to), {
    context: move.context(),
    state: (saved) => move.state(saved),
  });
  if (move.refusals.all.length > 0) return { refusals: move.refusals.all };
  // It is no life of its own.
  instance.attempt -= 1;
  const moved = instance.capture();
  verify(instance, moved, makeRealm());
  return { snapshot: moved, dropped: move.dropped };
}

const initOf = (realm: Realm) => ({ id: '', script: realm.bundle.name, realm, host: NO_HOST, createdAt: 0 });

/** What has been written must be read as the same. */
function verify(instance: Instance, moved: Uint8Array, realm: Realm): void {
  const again = Instance.restore(moved, initOf(realm));
  const shape = (of: Instance): string =>
    JSON.stringify(
      framesOf(of).map((branch) => branch.map(({ file, line, column }) => [file, line, column])),
    );
  if (shape(again) !== shape(instance))
    throw new Error('The moved snapshot does not have the frames that it should have.');
}

class Move {
  readonly refusals: Refusals;
  readonly dropped: string[] = [];
  readonly #from: Realm;
  readonly #to: Realm;
  readonly #matches: FunctionMatches;
  readonly #names: NameTranslation;

  constructor(from: Realm, to: Realm) {
    this.#from = from;
    this.#to = to;
    this.refusals = new Refusals(from.bundle);
    this.#matches = new FunctionMatches(from.bundle, to.bundle);
    this.#names = new NameTranslation(from, to, this.#matches, this.refusals);
  }

  context(): SnapshotContext {
    const context = contextOf(this.#to);
    const old = contextOf(this.#from);
    return {
      ...context,
      codeHash: this.#from.bundle.hash,
      records: RECORD_TYPES.map((type) => this.#record(type)),
      resolveReference: (name) =>
        name === 'waymark:UNSET'
          ? old.resolveReference(name)
          : (this.#names.resolve(name) ?? old.resolveReference(name)),
      createClosure: (code, cells) =>
        (code < FIRST_BUNDLE_CODE ? undefined : this.#closure(code - FIRST_BUNDLE_CODE, cells)) ??
        (code < FIRST_BUNDLE_CODE ? context : old).createClosure(code, cells),
      findPart: (owner, name) => context.findPart?.(owner, name) ?? old.findPart?.(owner, name),
      instanceTypeOf: (prototype) => this.#instanceType(prototype, context, old),
    };
  }

  /** Module-level variables by module and name: new ones keep their first value, old ones that are gone are dropped. */
  state(saved: readonly unknown[]): readonly unknown[] {
    const old = this.#from.bundle.stateNames ?? [];
    const now = this.#to.bundle.stateNames ?? [];
    if (old.length !== saved.length || now.length !== this.#to.bundle.state.length) {
      this.refusals.add(
        'module-level variables',
        'the code was compiled without what is needed to compare versions',
      );
      return this.#to.readState();
    }
    this.dropped.push(...old.filter((name) => !now.includes(name)));
    const fresh = this.#to.readState();
    return now.map((name, index) => {
      const at = old.indexOf(name);
      if (at >= 0 && (old.lastIndexOf(name) !== at || now.lastIndexOf(name) !== index))
        this.refusals.add(`module-level variable ${name}`, 'there are several of this name');
      return at < 0 ? fresh[index] : saved[at];
    });
  }

  #closure(id: number, cells: readonly unknown[]): object | undefined {
    const match = this.#matches.find(id);
    if ('reason' in match) {
      this.refusals.addFunction(id, match.reason, 'closure');
      return undefined;
    }
    const metadata = this.#from.bundle.functions[id]!;
    const target = this.#to.functions[match.id]!;
    const order = matchCells(metadata, target.metadata);
    if (metadata.kind === 'class')
      this.refusals.addFunction(id, 'a class that is made in a function', 'class');
    else if ('reason' in order) this.refusals.addFunction(id, order.reason, 'closure');
    else if (target.make) return target.make(...order.indices.map((index) => cells[index]));
    else this.refusals.addFunction(id, 'it is made only once in the new code', 'closure');
    return undefined;
  }

  #instanceType(prototype: object, context: SnapshotContext, old: SnapshotContext) {
    const type = context.instanceTypeOf(prototype);
    const id = this.#names.classes.get(prototype);
    if (type === undefined || id === undefined) {
      const known = old.instanceTypeOf(prototype);
      if (type !== undefined) this.refusals.add('an instance of a class', 'its class is made in a function');
      return known ?? type;
    }
    const versions = { from: this.#from, to: this.#to, matches: this.#matches, refusals: this.refusals };
    return movedInstanceType(id, type, versions);
  }

  #record(type: RecordType): RecordType {
    if (type.tag === PROMISE_TAG)
      return { ...type, write: (promise: DurablePromise, fields) => this.#promise(promise, fields) };
    if (isKnown(type.tag)) return type;
    return {
      ...type,
      create: () => {
        this.refusals.add(`an object of kind ${type.name}`, 'such objects cannot be moved to other code');
        return type.create();
      },
      write: () => {},
    };
  }

  #promise(promise: DurablePromise, fields: readonly unknown[]): void {
    const check = promiseCheck(this.#to);
    const flags = check.flags(fields[0]);
    if ((flags & WITH_FRAME) === 0) {
      writePromise(promise, fields, check);
      return;
    }
    const begin = fieldsBeforeFrame(flags);
    const id = fields[begin] as number;
    const at = fields[begin + 1] as number;
    const slots = fields.slice(begin + 2);
    // Checks what the snapshot says against the old code, before any of it is believed.
    const record = promiseCheck(this.#from).fn(id, at, slots.length);
    const found = this.#frame(id, at);
    if ('reason' in found) {
      this.refusals.addFunction(id, found.reason, 'frame', at);
      writePromise(promise, fields, { ...check, fn: () => record });
      return;
    }
    const moved = [
      ...fields.slice(0, begin),
      found.id,
      found.at,
      ...found.indices.map((index) => slots[index]),
    ];
    writePromise(promise, moved, check);
  }

  #frame(id: number, at: number) {
    const match = this.#matches.find(id);
    if ('reason' in match) return match;
    const bundles = { from: this.#from.bundle, to: this.#to.bundle };
    const target = bundles.to.functions[match.id]!;
    if (target.kind !== bundles.from.functions[id]!.kind)
      return { reason: 'it is no such function any more' };
    const point = matchPoint(bundles.from.functions[id]!, at, target, bundles);
    return 'reason' in point ? point : { id: match.id, at: point.at, indices: point.indices };
  }
}
