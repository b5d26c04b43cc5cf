/** The script API inside durable modules. Same names and types as src/index.ts, which is what runs under plain Node. */
import type { CheckpointOptions, CallOptions, Self, Sleep } from '../index.ts';
import { encodePayload } from '../payload.ts';
import { milliseconds } from '../duration.ts';
import type { Instance } from './instance.ts';
import { requireOwner } from './owner.ts';

export { CallError, CheckpointError } from '../script-errors.ts';
export { serializable } from '../user-types.ts';
export { WaymarkError } from '../waymark-error.ts';

const DEFAULT_CALL_TIMEOUT_MS = 30_000;
const DEFAULT_CALL_RETRIES = 2;

const current = (): Instance => requireOwner() as Instance;

export function checkpoint<C = undefined, R = undefined>(
  options: CheckpointOptions<C, R> = {},
): Promise<Awaited<C> | Awaited<R>> {
  const { commit, recover } = options;
  checkClosure('commit', commit);
  checkClosure('recover', recover);
  return current().checkpoint(commit, recover) as unknown as Promise<Awaited<C> | Awaited<R>>;
}

function checkClosure(name: string, closure: unknown): void {
  if (closure !== undefined && typeof closure !== 'function')
    throw new TypeError(`checkpoint(): ${name} is not a function`);
}

export function call<T = unknown>(subject: string, data?: unknown, options: CallOptions = {}): Promise<T> {
  const timeout = options.timeout === undefined ? DEFAULT_CALL_TIMEOUT_MS : milliseconds(options.timeout);
  const retries = options.retries ?? DEFAULT_CALL_RETRIES;
  return current().pending.begin({
    kind: 'call',
    subject,
    data: encodePayload(data),
    timeout,
    retries,
  }) as unknown as Promise<T>;
}

export function reply(data: unknown): Promise<void> {
  return current().pending.begin({ kind: 'reply', data: encodePayload(data) }) as unknown as Promise<void>;
}

export function publish(subject: string, data?: unknown): Promise<void> {
  return current().pending.begin({
    kind: 'publish',
    subject,
    data: encodePayload(data),
  }) as unknown as Promise<void>;
}

function sleepFor(duration: number | string): Promise<void> {
  const instance = current();
  return instance.pending.begin({
    kind: 'sleep',
    until: instance.host.now() + milliseconds(duration),
  }) as unknown as Promise<void>;
}

function sleepUntil(time: Date | number): Promise<void> {
  const until = Number(time);
  if (Number.isNaN(until)) throw new TypeError('sleep.until(): not a valid date');
  return current().pending.begin({ kind: 'sleep', until }) as unknown as Promise<void>;
}

export const sleep: Sleep = Object.assign(sleepFor, { until: sleepUntil });

export const self: Self = {
  get id() {
    return current().id;
  },
  get script() {
    return current().script;
  },
  get attempt() {
    return current().attempt;
  },
  get recovered() {
    return current().recovered;
  },
  get downtime() {
    return current().downtime;
  },
  get requestId() {
    return current().requestId;
  },
  get checkpoint() {
    return current().sequence;
  },
};
