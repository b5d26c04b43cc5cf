/** Saves and restores a graph that holds objects of the runtime, without an instance around it. */
import { builtInName, builtInNamed } from '../../src/runtime/built-ins.ts';
import { RECORD_TYPES } from '../../src/runtime/record-types.ts';
import { finishRestoring, restoreFor } from '../../src/runtime/restoring.ts';
import { runtimeName, runtimeNamed } from '../../src/runtime/runtime-names.ts';
import { decode, encode, type SnapshotContext } from '../../src/snapshot/index.ts';

/** `named`: objects that the graph refers to and that are found again by these names. */
export function graphRestorer(named: Readonly<Record<string, object>>): <T>(graph: T) => T {
  const nameOf = new Map<unknown, string>(Object.entries(named).map(([name, value]) => [value, name]));
  const context: SnapshotContext = {
    codeHash: '00',
    records: RECORD_TYPES,
    referenceOf: (value) => nameOf.get(value) ?? runtimeName(value) ?? builtInName(value),
    resolveReference: (name) => named[name] ?? runtimeNamed(name) ?? builtInNamed(name)!,
    closureOf: () => undefined,
    createClosure: () => {
      throw new Error('no closures here');
    },
    instanceTypeOf: () => undefined,
    userTypeOf: () => undefined,
    userTypeNamed: () => undefined,
  };
  return (graph) => {
    const bytes = encode(graph, context);
    return restoreFor({ context: {} } as never, () => {
      const restored = decode(bytes, context) as typeof graph;
      finishRestoring();
      return restored;
    });
  };
}
