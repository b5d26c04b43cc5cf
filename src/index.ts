/**
 * The script API. What a script imports from `waymark` under plain Node or Vitest: the volatile implementation, with which
 * scripts run and can be tested without a server. Waymark itself gives scripts the durable one, with the same types.
 */
import { randomUUID } from 'node:crypto';
import { milliseconds } from './duration.ts';
import { WaymarkError } from './waymark-error.ts';

export { CallError, CheckpointError } from './script-errors.ts';
export { serializable, type SerializableOptions } from './user-types.ts';
export { WaymarkError } from './waymark-error.ts';

export interface CheckpointOptions<C, R> {
  /** Runs when the checkpoint is durable; at most once per life of the process. Its value is the result of `checkpoint()`. */
  commit?: (() => C) | undefined;
  /** Runs instead when the instance has been restored from this checkpoint. */
  recover?: (() => R) | undefined;
}

export interface CallOptions {
  /** Time for one try: milliseconds, or text such as `30s`. Default 30 s. */
  timeout?: number | string | undefined;
  /** Further tries after the first one had no reply in time. Default 2. */
  retries?: number | undefined;
}

/** What an instance knows about itself. */
export interface Self {
  readonly id: string;
  /** Name of the script. */
  readonly script: string;
  /** 1 in its first life; after a restore one more than in the life that made the checkpoint. */
  readonly attempt: number;
  /** True after a restore. */
  readonly recovered: boolean;
  /** Milliseconds between the checkpoint and its restore; 0 in its first life. */
  readonly downtime: number;
  /** The requester's id for the request that started it. */
  readonly requestId: string | undefined;
  /** Number of its last durable checkpoint; 0 before the first. */
  readonly checkpoint: number;
}

export interface Sleep {
  (duration: number | string): Promise<void>;
  /** Until a point in time: a Date, or milliseconds since the epoch. */
  until(time: Date | number): Promise<void>;
}

/** Stands for the outside world in tests of scripts under plain Node. */
export interface VolatileWorld {
  call?(subject: string, data: unknown, options: CallOptions): unknown;
  publish?(subject: string, data: unknown): unknown;
  reply?(data: unknown): unknown;
  sleep?(milliseconds: number): Promise<void>;
}

let world: VolatileWorld = {};

/** Gives the volatile implementation something to call, publish and reply to; returns what was set before. */
export function useVolatileWorld(next: VolatileWorld): VolatileWorld {
  const before = world;
  world = next;
  return before;
}

/**
 * Makes a checkpoint: captures where the script is and what it holds, makes it durable, then runs `commit`. After a crash the
 * instance goes on from here, and `recover` runs instead. The value of whichever ran is the result.
 *
 * @throws CheckpointError if the checkpoint cannot be made; the previous one stands.
 */
export async function checkpoint<C = undefined, R = undefined>(
  options: CheckpointOptions<C, R> = {},
): Promise<Awaited<C> | Awaited<R>> {
  const value: unknown = options.commit?.();
  return (await (value as Promise<unknown>)) as Awaited<C>;
}

/**
 * Sends `data` to `subject` and waits for the reply. The message id stays the same when the call is repeated after a crash or
 * a timeout, so that the receiver can drop duplicates.
 *
 * @throws CallError when no reply came in time after all retries, or when the receiver failed.
 */
export async function call<T = unknown>(
  subject: string,
  data?: unknown,
  options: CallOptions = {},
): Promise<T> {
  if (!world.call) throw noWorld(`call(${JSON.stringify(subject)})`, 'call');
  return (await world.call(subject, data, options)) as T;
}

/** Sends an early answer to whoever started the instance; the script's return value is the final one. */
export async function reply(data: unknown): Promise<void> {
  await world.reply?.(data);
}

/** Sends a message without waiting for an answer. */
export async function publish(subject: string, data?: unknown): Promise<void> {
  if (!world.publish) throw noWorld(`publish(${JSON.stringify(subject)})`, 'publish');
  await world.publish(subject, data);
}

/** Waits: milliseconds, or text such as `30s`, `5m`, `2h`, `7d`. The wait goes on while the process is down. */
export const sleep: Sleep = Object.assign(
  async (duration: number | string): Promise<void> => {
    await pause(milliseconds(duration));
  },
  {
    async until(time: Date | number): Promise<void> {
      await pause(Math.max(0, Number(time) - Date.now()));
    },
  },
);

/** The running instance; under plain Node there is one, the process. */
export const self: Self = {
  id: randomUUID(),
  script: 'script',
  attempt: 1,
  recovered: false,
  downtime: 0,
  requestId: undefined,
  checkpoint: 0,
};

async function pause(duration: number): Promise<void> {
  if (world.sleep) await world.sleep(duration);
  else await new Promise((resolve) => setTimeout(resolve, duration));
}

function noWorld(what: string, method: string): WaymarkError {
  return new WaymarkError('WM3008', `${what}: there is nothing to send to outside of a Waymark node.`, {
    fix: `In a test, stand in for it: useVolatileWorld({ ${method}: ... }).`,
  });
}
