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
import { malformed, promiseCheck } from '../restoring.ts';
import { placeInNewCode, type Versions } from './frame-places.ts';
import { MadeClasses } from './made-classes.ts';
import { FunctionMatches } from './match-functions.ts';
import { matchCells } from './match-slots.ts';
import { movedGeneratorType } from './moved-generators.ts';
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
const STATICS_TAG = 80;
/**
 * Records whose numbers of functions are translated, or that hold none: first and last tag. Others are refused until this list has
 * them.
 */
const KNOWN_TAGS: readonly (readonly [number, number])[] = [
  [1, 35],
  [40, 47],
  [60, 60],
  [80, 80],
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
  readonly #versions: Versions;
  readonly #made: MadeClasses;

  constructor(from: Realm, to: Realm) {
    this.#from = from;
    this.#to = to;
    this.refusals = new Refusals(from.bundle);
    this.#matches = new FunctionMatches(from.bundle, to.bundle);
    this.#names = new NameTranslation(from, to, this.#matches, this.refusals);
    this.#versions = { from, to, matches: this.#matches, refusals: this.refusals };
    this.#made = new MadeClasses(this.#versions);
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
      findPart: (owner, name) =>
        context.findPart?.(owner, name) ?? old.findPart?.(owner, name) ?? this.#lostPart(owner, name),
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
    const metadata = this.#from.bundle.functions[id]!;
    if (metadata.kind === 'class') return this.#made.make(id, cells);
    const match = this.#matches.find(id);
    if ('reason' in match) {
      this.refusals.addFunction(id, match.reason, 'closure');
      return undefined;
    }
    const target = this.#to.functions[match.id]!;
    const order = matchCells(metadata, target.metadata);
    const isGenerator = (kind: string): string => (kind.endsWith('generator') ? kind : '');
    if (isGenerator(metadata.kind) !== isGenerator(target.metadata.kind))
      this.refusals.addFunction(id, 'it is no such function any more', 'closure');
    else if ('reason' in order) this.refusals.addFunction(id, order.reason, 'closure');
    else if (target.make) return target.make(...order.indices.map((index) => cells[index]));
    else this.refusals.addFunction(id, 'it is made only once in the new code', 'closure');
    return undefined;
  }

  /** A method, accessor or private method that the new code does not have. */
  #lostPart(owner: object, part: string): object {
    const [side, kind, member] =
      /^(static|proto|private):(?:(value|get|set|generator):)?(.*)$/s.exec(part)?.slice(1) ?? [];
    const name = this.#made.nameOf(owner) ?? String((owner as { readonly name?: unknown }).name);
    const what = member === undefined ? part : `${side === 'proto' ? '' : `${side} `}member ${member}`;
    this.refusals.add(`class ${name}`, `it has no ${what} any more`);
    return kind === 'generator' ? {} : function lost() {};
  }

  #instanceType(prototype: object, context: SnapshotContext, old: SnapshotContext) {
    const type = context.instanceTypeOf(prototype);
    // Its class is one of the old code, because there is none in the new; that has been noted.
    if (type === undefined) return old.instanceTypeOf(prototype);
    const lineage = { prototype, single: this.#names.classes, made: this.#made };
    const moved = movedInstanceType(lineage, type, this.#versions);
    if (moved === undefined && this.refusals.all.length === 0)
      this.refusals.add('an instance of a class', 'it cannot be told which class of the new code it is');
    return moved ?? type;
  }

  #record(type: RecordType): RecordType {
    if (type.tag === PROMISE_TAG)
      return { ...type, write: (promise: DurablePromise, fields) => this.#promise(promise, fields) };
    if (type.tag === STATICS_TAG) return this.#made.staticsType(type);
    if (isKnown(type.tag)) return movedGeneratorType(type, this.#versions) ?? type;
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
    const [id, at, ...slots] = fields.slice(begin);
    // A frame at its entry has not begun.
    if (at === 0) throw malformed('a frame');
    const place = placeInNewCode(this.#versions, id, at, slots);
    if (place === undefined) {
      const record = this.#from.functions[id as number]!;
      writePromise(promise, fields, { ...check, fn: () => record });
      return;
    }
    writePromise(promise, [...fields.slice(0, begin), place.id, place.at, ...place.slots], check);
  }
}
