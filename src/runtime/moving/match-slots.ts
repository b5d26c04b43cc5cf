/** Which saved variable goes where: by name and kind, each at most once. Pure. The rule is docs/decisions/0012. */
import type { Bundle, FunctionIdentity, FunctionMetadata, SuspensionPoint } from '../../bundle.ts';
import { NOT_DESCRIBED } from './match-functions.ts';

/** For each place of the new code the index in the old one; or why not. */
export type Order = { readonly indices: readonly number[] } | { readonly reason: string };
export type PointMatch =
  | { readonly at: number; readonly indices: readonly number[] }
  | { readonly reason: string };

const isVariable = (kind: string | undefined): boolean => kind === 'v' || kind === 'c';

function orderOf(
  from: { readonly names: readonly string[]; readonly kinds: string },
  to: { readonly names: readonly string[]; readonly kinds: string },
  repeated: ReadonlySet<string>,
): Order {
  const indices: number[] = [];
  let temporary = -1;
  for (const [index, name] of to.names.entries()) {
    const kind = to.kinds[index];
    if (!isVariable(kind)) {
      temporary = from.names.findIndex((_, at) => at > temporary && !isVariable(from.kinds[at]));
      indices.push(temporary);
      continue;
    }
    if (repeated.has(name)) return { reason: `several of its variables are named "${name}"` };
    const at = from.names.findIndex((other, place) => other === name && isVariable(from.kinds[place]));
    if (at < 0) return { reason: `the new code needs "${name}", which is not saved there` };
    if (from.kinds[at] !== kind) {
      const isShared = kind === 'c';
      return {
        reason: `"${name}" is ${isShared ? 'now' : 'no longer'} shared with a closure that changes with it`,
      };
    }
    indices.push(at);
  }
  return { indices };
}

/** How the captured variables of a closure are put in the order of the new code. */
export function matchCells(from: FunctionMetadata, to: FunctionMetadata): Order {
  if (!hasCellKinds(from) || !hasCellKinds(to)) return { reason: NOT_DESCRIBED };
  const isSame = from.identity.digest === to.identity.digest && from.cells.join() === to.cells.join();
  const repeated =
    isSame && from.identity.cellKinds === to.identity.cellKinds ? [] : twice(from.cells, to.cells);
  if (repeated.length === 0 && isSame) return { indices: to.cells.map((_, index) => index) };
  return orderOf(
    { names: from.cells, kinds: from.identity.cellKinds },
    { names: to.cells, kinds: to.identity.cellKinds },
    new Set(repeated),
  );
}

type Described = FunctionMetadata & { readonly identity: FunctionIdentity };

/** Earlier compilers did not say it of classes. */
const hasCellKinds = (metadata: FunctionMetadata): metadata is Described =>
  metadata.identity?.cellKinds.length === metadata.cells.length;

const twice = (...lists: readonly (readonly string[])[]): string[] =>
  lists.flatMap((names) => names.filter((name, index) => names.indexOf(name) !== index));

/** The point of the new code at which a frame goes on, and how its slots are put in order. */
export function matchPoint(
  from: FunctionMetadata,
  at: number,
  to: FunctionMetadata,
  bundles: { readonly from: Bundle; readonly to: Bundle },
): PointMatch {
  const point = from.points[at];
  if (from.identity === undefined || to.identity === undefined || point?.kinds === undefined)
    return { reason: NOT_DESCRIBED };
  const isSame = from.identity.digest === to.identity.digest && from.points.length === to.points.length;
  const found = isSame ? at : findPoint(from, point, to);
  if (typeof found === 'string') return { reason: found };
  const target = to.points[found];
  if (target?.kinds === undefined) return { reason: NOT_DESCRIBED };
  const temporaries = temporaryKinds(point);
  if (temporaries !== temporaryKinds(target))
    return { reason: 'it holds intermediate values that the new code does not have there' };
  // What a saved number means, by which a finally goes on.
  if (
    !isSame &&
    temporaries.includes('k') &&
    (!point.jumps || point.jumps.join(';') !== target.jumps?.join(';'))
  )
    return { reason: 'the ways out of a block that it is about to leave are not the same in the new code' };
  const { lowering } = bundles.from;
  if (temporaries !== '' && (lowering === undefined || lowering !== bundles.to.lowering))
    return {
      reason: 'it holds intermediate values, and its code was compiled by another version of Waymark',
    };
  const isEqual = isSame && point.slots.join() === target.slots.join() && point.kinds === target.kinds;
  if (isEqual) return { at: found, indices: target.slots.map((_, index) => index) };
  const repeated = new Set([...from.identity.repeated, ...to.identity.repeated]);
  const order = orderOf(
    { names: point.slots, kinds: point.kinds },
    { names: target.slots, kinds: target.kinds },
    repeated,
  );
  return 'reason' in order ? order : { at: found, indices: order.indices };
}

const temporaryKinds = ({ kinds = '' }: SuspensionPoint): string => kinds.replaceAll(/[vc]/g, '');

const CHANGED = 'the new code has no such suspension point: the expression or what is around it has changed';

/** The number of the point, or why there is none. */
function findPoint(from: FunctionMetadata, point: SuspensionPoint, to: FunctionMetadata): number | string {
  const { place } = point;
  if (place === undefined) return CHANGED;
  const old = places(from);
  const now = places(to);
  const at = from.points.indexOf(point);
  if (!now.includes(place)) return CHANGED;
  if (count(old, place) > 1 || count(now, place) > 1) {
    if (old.join() === now.join()) return at;
    return 'several of its suspension points look the same, and others have come or gone';
  }
  const found = now.indexOf(place);
  const crossed = old.find(
    (other, index) =>
      other !== undefined &&
      index !== at &&
      count(old, other) === 1 &&
      count(now, other) === 1 &&
      now.indexOf(other) < found !== index < at,
  );
  if (crossed === undefined) return found;
  const line = from.points[old.indexOf(crossed)]!.line;
  return `the suspension point of line ${line} has moved to its other side`;
}

const places = ({ points }: FunctionMetadata): (string | undefined)[] => points.map(({ place }) => place);
const count = (list: readonly unknown[], wanted: unknown): number =>
  list.filter((item) => item === wanted).length;
