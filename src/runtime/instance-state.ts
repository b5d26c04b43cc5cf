/** The root of a snapshot: everything of an instance that is saved. */
import { SnapshotError } from '../snapshot/index.ts';
import { malformed } from './restoring.ts';

/** Version of the list of fields. */
const ROOT_VERSION = 1;
/** Jobs, frames, operations, unhandled promises, module-level state. */
const LISTS = 5;

export interface InstanceStateInit {
  readonly captured: number;
  readonly nextOperation: number;
  readonly main: unknown;
  readonly replyTo: unknown;
  readonly lists: readonly (readonly unknown[])[];
  readonly stateNames: readonly string[];
  readonly attempt: number;
}

export class InstanceState {
  captured = 0;
  nextOperation = 1;
  main: unknown = undefined;
  replyTo: unknown = undefined;
  lists: readonly (readonly unknown[])[] = [];
  stateNames: readonly string[] = [];
  /** Number of the life that made the snapshot. Saved from the second on, after the lists. */
  attempt = 1;

  constructor(init?: InstanceStateInit) {
    if (init) Object.assign(this, init);
  }

  /** Flat, so that a path to a value begins with what the author knows. */
  read(): unknown[] {
    const fields: unknown[] = [ROOT_VERSION, this.captured, this.nextOperation, this.main, this.replyTo];
    for (const list of this.lists) {
      fields.push(list.length);
      for (const item of list) fields.push(item);
    }
    if (this.attempt > 1) fields.push(this.attempt);
    return fields;
  }

  write(fields: readonly unknown[]): void {
    const [version, captured, nextOperation, main, replyTo] = fields;
    if (version !== ROOT_VERSION) {
      throw new SnapshotError(
        'WM4003',
        `The snapshot has root version ${String(version)}; this Waymark knows ${ROOT_VERSION}.`,
        {
          fix: 'Run it with the Waymark version that wrote it, or a newer one.',
        },
      );
    }
    if (!isCount(captured) || !isCount(nextOperation)) throw malformed('its root');
    const lists: unknown[][] = [];
    let index = 5;
    for (let list = 0; list < LISTS; list++) {
      const length = fields[index++];
      if (!isCount(length) || index + length > fields.length) throw malformed('its root');
      lists.push(fields.slice(index, index + length));
      index += length;
    }
    const attempt = fields[index] ?? 1;
    if (!isCount(attempt)) throw malformed('its root');
    Object.assign(this, { captured, nextOperation, main, replyTo, lists, attempt });
  }

  /** Module-level variables are named in paths; the rest speaks for itself. */
  label(index: number): string | undefined {
    const state = this.lists.at(-1)!.length;
    const fromEnd = this.read().length - (this.attempt > 1 ? 1 : 0) - index;
    return fromEnd > 0 && fromEnd <= state
      ? `module variable "${this.stateNames[state - fromEnd]}"`
      : undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
