/** Finds the host type of a prototype or a name. Contexts share one list of host types, so the tables are made once for each list. */
import { types } from 'node:util';
import type { HostType, SnapshotContext } from '../snapshot-context.ts';
import { ABORT_TYPES } from './abort.ts';
import { EVENT_TARGET } from './event-target.ts';
import { INTL_FUNCTIONS, INTL_TYPES } from './intl.ts';
import { RAW_JSON } from './raw-json.ts';
import { TEMPORAL_TYPES } from './temporal.ts';
import { WEAK_TYPES } from './weak-collections.ts';
import { WEB_TYPES } from './web.ts';

const STANDARD: readonly HostType[] = [
  ...INTL_TYPES,
  ...INTL_FUNCTIONS,
  ...TEMPORAL_TYPES,
  ...WEB_TYPES,
  ...ABORT_TYPES,
  EVENT_TARGET,
  ...WEAK_TYPES,
  RAW_JSON,
];

interface Tables {
  readonly byPrototype: ReadonlyMap<object, HostType>;
  readonly byName: ReadonlyMap<string, HostType>;
}

const NONE: readonly HostType[] = [];
const tablesOf = new WeakMap<readonly HostType[], Tables>();

function tables(context: SnapshotContext): Tables {
  const extra = context.hostTypes ?? NONE;
  const known = tablesOf.get(extra);
  if (known !== undefined) return known;
  const all = [...STANDARD, ...extra];
  const made = {
    byPrototype: new Map(
      all.flatMap((type) => (type.prototype === undefined ? [] : [[type.prototype, type] as const])),
    ),
    byName: new Map(all.map((type) => [type.name, type])),
  };
  tablesOf.set(extra, made);
  return made;
}

/** The host type that `value` is of, whatever class it was derived with. */
export function hostTypeOf(
  context: SnapshotContext,
  value: object,
  prototype: object | null,
): HostType | undefined {
  if (prototype === null) return RAW_JSON.is(value) ? RAW_JSON : undefined;
  const { byPrototype } = tables(context);
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const type = byPrototype.get(at);
    if (type !== undefined) return type.is(value) ? type : undefined;
    if (types.isProxy(at)) return undefined;
  }
  return undefined;
}

export function hostTypeNamed(context: SnapshotContext, name: string): HostType | undefined {
  const { proxyType } = context;
  return proxyType?.name === name ? proxyType : tables(context).byName.get(name);
}
