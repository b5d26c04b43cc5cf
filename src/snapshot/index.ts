/** Snapshots: a graph of values as bytes and back. See docs/reference/snapshot-format.md. */
export { decode } from './decode/decode.ts';
export { encode } from './encode/encode.ts';
export { isForeign } from './encode/host-objects.ts';
export { isFrozen } from './is-frozen.ts';
export { readHeader } from './header.ts';
export type { SnapshotHeader } from './header.ts';
export { SnapshotCode, SnapshotError } from './snapshot-error.ts';
export type { SnapshotErrorOptions } from './snapshot-error.ts';
export { HostRefusal } from './snapshot-context.ts';
export type {
  Closure,
  Fresh,
  HostType,
  InstanceType,
  Part,
  RecordType,
  SnapshotContext,
  UserType,
} from './snapshot-context.ts';
