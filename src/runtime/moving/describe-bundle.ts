/** Bundles of compilers that did not say by what functions and points are found again. */
import type { Bundle, FunctionMetadata, SuspensionPoint } from '../../bundle.ts';

/**
 * `bundle` with what `recompiled`, made of the same sources by this compiler, says about each function. A function that this
 * compiler makes other slots for stays without, so that nothing is taken for something else.
 */
export function describeBundle(bundle: Bundle, recompiled: Bundle): Bundle {
  const isSameCode = bundle.code === recompiled.code;
  const functions = bundle.functions.map((metadata) => {
    if (isDescribed(metadata)) return metadata;
    const path = bundle.sources[metadata.source];
    const like = recompiled.functions.filter(
      (other) => recompiled.sources[other.source] === path && isSame(metadata, other),
    );
    return like.length === 1 ? withIdentity(metadata, like[0]!) : metadata;
  });
  const hasState =
    bundle.state.length === recompiled.state.length && bundle.state.join() === recompiled.state.join();
  return {
    ...bundle,
    functions,
    ...(bundle.stateNames === undefined && hasState && recompiled.stateNames
      ? { stateNames: recompiled.stateNames }
      : {}),
    ...(isSameCode && recompiled.lowering !== undefined ? { lowering: recompiled.lowering } : {}),
  };
}

/** Whether a bundle lacks what is needed to compare it with another version. */
export function needsDescription({ functions }: Bundle): boolean {
  return !functions.every(isDescribed);
}

/** Earlier compilers said less of classes that are made at run time. */
const isDescribed = ({ identity, cells }: FunctionMetadata): boolean =>
  identity !== undefined && identity.cellKinds.length === cells.length;

const isSame = (a: FunctionMetadata, b: FunctionMetadata): boolean =>
  a.kind === b.kind &&
  a.name === b.name &&
  placeText(a.start) === placeText(b.start) &&
  shapeText(a) === shapeText(b);

const placeText = ({ line, column }: { readonly line: number; readonly column: number }): string =>
  `${line}:${column}`;

const shapeText = ({ cells, points }: FunctionMetadata): string =>
  JSON.stringify([cells, points.map((point) => [placeText(point), point.slots])]);

function withIdentity(metadata: FunctionMetadata, described: FunctionMetadata): FunctionMetadata {
  const points = metadata.points.map((point, index): SuspensionPoint => {
    const { kinds, place } = described.points[index]!;
    return { ...point, ...(kinds === undefined ? {} : { kinds }), ...(place === undefined ? {} : { place }) };
  });
  return { ...metadata, points, ...(described.identity ? { identity: described.identity } : {}) };
}
