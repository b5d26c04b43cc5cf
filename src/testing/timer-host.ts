/** A host without a store and without a transport: time is real, checkpoints go to a callback. */
import type { Host, OperationRequest, Outcome } from '../runtime/host.ts';
import type { Instance } from '../runtime/instance.ts';
import { CallError } from '../script-errors.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class TimerHost implements Host {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #save: (instance: Instance, sequence: number, snapshot: Uint8Array) => Promise<void>;
  readonly #ended: (outcome: Outcome) => void;
  /** Instance that operations report to: it changes when an instance is restored. */
  target: Instance | undefined = undefined;

  constructor(
    save: (instance: Instance, sequence: number, snapshot: Uint8Array) => Promise<void>,
    ended: (outcome: Outcome) => void,
  ) {
    this.#save = save;
    this.#ended = ended;
  }

  now(): number {
    return Date.now();
  }

  arm(instance: Instance, number: number, request: OperationRequest): void {
    const key = String(number);
    if (this.#timers.has(key)) return;
    if (request.kind !== 'sleep') {
      const subject = request.kind === 'reply' ? '(reply)' : request.subject;
      const error = new CallError(`${request.kind} ${subject}: there is no transport here`, { subject });
      const result =
        request.kind === 'call' ? { ok: false as const, error } : { ok: true as const, value: undefined };
      setImmediate(() => (this.target ?? instance).settle(number, result));
      return;
    }
    const left = Math.max(0, request.until - Date.now());
    const timer = setTimeout(
      () => {
        this.#timers.delete(key);
        const target = this.target ?? instance;
        if (left > LONGEST_TIMER_MS) this.arm(target, number, request);
        else target.settle(number, { ok: true, value: undefined });
      },
      Math.min(left, LONGEST_TIMER_MS),
    );
    this.#timers.set(key, timer);
  }

  disarm(_instance: Instance, number: number): void {
    clearTimeout(this.#timers.get(String(number)));
    this.#timers.delete(String(number));
  }

  save(instance: Instance, sequence: number, snapshot: Uint8Array): Promise<void> {
    return this.#save(instance, sequence, snapshot);
  }

  ended(_instance: Instance, outcome: Outcome): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#ended(outcome);
  }
}
