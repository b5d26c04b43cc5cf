/** Instances of classes: their private fields in the order of the new code, base class first. */
import type { InstanceType } from '../../snapshot/index.ts';
import { madeClassOf } from '../made-class.ts';
import type { Realm } from '../realm.ts';
import type { Versions } from './frame-places.ts';
import type { MadeClasses } from './made-classes.ts';

/** Classes of one object, base first, as numbers of one version. */
type Chain = readonly number[];

/** What an object of the new code with this prototype is made of. */
export interface Lineage {
  readonly prototype: object;
  /** Numbers of classes in the old code, by prototype object of the new, of those that exist once. */
  readonly single: ReadonlyMap<object, number>;
  readonly made: MadeClasses;
}

/** Undefined: a class of its chain is not known to have been one of the old code. */
export function movedInstanceType(
  lineage: Lineage,
  type: InstanceType,
  versions: Versions,
): InstanceType | undefined {
  const old = oldChain(lineage, versions);
  if (old === undefined) return undefined;
  const order = fieldOrder(old, chainAt(versions.to, lineage.prototype), versions);
  return {
    create: () => type.create(),
    readPrivates: (value) => type.readPrivates(value),
    writePrivates: (value, fields) =>
      type.writePrivates(
        value,
        order.map((index) => fields[index]),
      ),
  };
}

function oldChain({ prototype, single, made }: Lineage, { from, to }: Versions): Chain | undefined {
  const chain: number[] = [];
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
    const id = made.numberOf(at) ?? single.get(at);
    if (to.classes.has(at)) {
      // What it inherits from stands in the old code.
      const base = id === undefined ? undefined : from.named(`class:${id}.prototype`);
      return typeof base === 'object' ? [...chainAt(from, base), ...chain] : undefined;
    }
    if (id !== undefined) chain.unshift(id);
    else if (madeClassOf(at) !== undefined) return undefined;
  }
  return chain;
}

function chainAt(realm: Realm, prototype: object): Chain {
  const chain: number[] = [];
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
    const known = realm.classes.get(at) ?? madeClassOf(at);
    if (known) chain.unshift(known.record.id);
  }
  return chain;
}

/** For each private field of the new chain of classes its index in the old one. */
function fieldOrder(old: Chain, now: Chain, { from, to, matches, refusals }: Versions): readonly number[] {
  const order: number[] = [];
  const target: number[] = [];
  let before = 0;
  let isRefused = false;
  const refuse = (oldId: number, reason: string): void => {
    isRefused = true;
    refusals.addFunction(oldId, reason, 'class');
  };
  for (const oldId of old) {
    const { identity } = from.bundle.functions[oldId]!;
    const match = matches.find(oldId);
    const found = 'id' in match ? to.bundle.functions[match.id] : undefined;
    const privates = identity?.privates ?? [];
    if ('reason' in match) refuse(oldId, match.reason);
    else if (found?.identity?.shape === undefined || found.identity.shape !== identity?.shape)
      refuse(oldId, 'its fields or its base class are not the same in the new code');
    else {
      target.push(match.id);
      for (const name of found.identity.privates ?? []) order.push(before + privates.indexOf(name));
    }
    before += privates.length;
  }
  if (!isRefused && now.join() !== target.join())
    refuse(old.at(-1)!, 'its base classes are not the same in the new code');
  return order;
}
