/** Instances of classes: their private fields in the order of the new code, base class first. */
import type { InstanceType } from '../../snapshot/index.ts';
import type { Realm } from '../realm.ts';
import type { FunctionMatches } from './match-functions.ts';
import type { Refusals } from './refusals.ts';

interface Versions {
  readonly from: Realm;
  readonly to: Realm;
  readonly matches: FunctionMatches;
  readonly refusals: Refusals;
}

/** @param id number of the class in the old code */
export function movedInstanceType(id: number, type: InstanceType, versions: Versions): InstanceType {
  let order: readonly number[] | undefined;
  const indices = (): readonly number[] => (order ??= fieldOrder(id, versions));
  indices();
  return {
    create: () => type.create(),
    readPrivates: (value) => type.readPrivates(value),
    writePrivates: (value, fields) =>
      type.writePrivates(
        value,
        indices().map((index) => fields[index]),
      ),
  };
}

/** For each private field of the new chain of classes its index in the old one. */
function fieldOrder(id: number, { from, to, matches, refusals }: Versions): readonly number[] {
  const order: number[] = [];
  let before = 0;
  const target: number[] = [];
  let isRefused = false;
  const refuse = (oldId: number, reason: string): void => {
    isRefused = true;
    refusals.addFunction(oldId, reason, 'class');
  };
  for (const oldId of chainOf(from, id)) {
    const metadata = from.bundle.functions[oldId]!;
    const match = matches.find(oldId);
    const found = 'id' in match ? to.bundle.functions[match.id] : undefined;
    const old = metadata.identity?.privates ?? [];
    if ('reason' in match) refuse(oldId, match.reason);
    else if (found?.identity?.shape === undefined || found.identity.shape !== metadata.identity?.shape)
      refuse(oldId, 'its fields or its base class are not the same in the new code');
    else {
      target.push(match.id);
      for (const name of found.identity.privates ?? []) order.push(before + old.indexOf(name));
    }
    before += old.length;
  }
  const matched = matches.find(id);
  if (!isRefused && 'id' in matched && chainOf(to, matched.id).join() !== target.join())
    refuse(id, 'its base classes are not the same in the new code');
  return order;
}

/** Numbers of the class and its bases, base first. */
function chainOf(realm: Realm, id: number): number[] {
  const chain: number[] = [];
  for (
    let at = realm.named(`class:${id}.prototype`) as object | null | undefined;
    at;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const known = realm.classes.get(at);
    if (known) chain.unshift(known.record.id);
  }
  return chain;
}
