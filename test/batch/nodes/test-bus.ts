/** A transport between members of one test, in virtual time: a message takes a millisecond. Members can be cut off. */
import type { Message, Transport } from '../../../src/transport/transport.ts';
import type { VirtualEnvironment } from '../virtual-environment.ts';

export interface Sent {
  readonly subject: string;
  readonly data: Uint8Array;
}

export class TestBus {
  readonly #environment: VirtualEnvironment;
  readonly #handlers = new Map<string, Map<string, (message: Message) => void>>();
  readonly #silent = new Set<string>();
  #recorded: Sent[] | undefined;

  constructor(environment: VirtualEnvironment) {
    this.#environment = environment;
  }

  transport(id: string): Transport {
    return {
      subscribe: async (subject, _options, handler) => {
        const handlers = this.#handlers.get(subject) ?? new Map<string, (message: Message) => void>();
        handlers.set(id, handler);
        this.#handlers.set(subject, handlers);
        return { unsubscribe: async () => void handlers.delete(id) };
      },
      publish: async (subject, data) => {
        if (this.#silent.has(id)) return;
        this.#recorded?.push({ subject, data });
        this.#environment.after(1, () => this.deliver(subject, data));
      },
      request: () => {
        throw new Error('nobody asks');
      },
      close: async () => {},
    };
  }

  deliver(subject: string, data: Uint8Array): void {
    for (const [id, handler] of this.#handlers.get(subject) ?? [])
      if (!this.#silent.has(id)) handler({ subject, data, headers: {}, replyTo: undefined });
  }

  /** It is cut off: neither heard nor told anything. */
  silence(id: string): void {
    this.#silent.add(id);
  }

  speak(id: string): void {
    this.#silent.delete(id);
  }

  /** @returns what is sent from now on */
  record(): readonly Sent[] {
    this.#recorded = [];
    return this.#recorded;
  }
}
