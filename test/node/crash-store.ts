/** A process that dies at one of its writes: the store stops answering, and the network hears nothing more from it. */
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import type { Transport } from '../../src/transport/transport.ts';

export class DyingProcess {
  readonly store: CheckpointStore;
  readonly transport: Transport;
  /** Writes so far. */
  writes = 0;
  isDead = false;
  readonly #death = Promise.withResolvers<void>();

  /**
   * @param dieAt number of the write at which it dies; 1 is the first
   * @param when `before` the write has any effect, or `after` it is durable but not known to be
   */
  constructor(store: CheckpointStore, transport: Transport, dieAt: number, when: 'before' | 'after') {
    const never = (): Promise<never> => new Promise(() => {});
    this.store = new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...args: unknown[]) => unknown;
        if (name === 'close') return async () => {};
        if (name === 'unfinished') return method;
        if (!['save', 'complete', 'fail', 'saveCode'].includes(String(name))) {
          return (...args: unknown[]) => (this.isDead ? never() : method(...args));
        }
        return async (...args: unknown[]) => {
          if (this.isDead) return never();
          const number = ++this.writes;
          if (number !== dieAt) {
            const result = await method(...args);
            return this.isDead ? never() : result;
          }
          if (when === 'before') this.die();
          else {
            await method(...args);
            this.die();
          }
          return never();
        };
      },
    });
    this.transport = {
      subscribe: (subject, options, handler) =>
        transport.subscribe(subject, options, (message) => {
          if (!this.isDead) handler(message);
        }),
      publish: async (subject, data, options) => {
        if (!this.isDead) await transport.publish(subject, data, options);
      },
      request: (subject, data, options, requester) => {
        if (this.isDead) return;
        transport.request(subject, data, options, {
          replied: (reply) => {
            if (!this.isDead) requester.replied(reply);
          },
          failed: (error) => requester.failed(error),
          interim: (reply) => requester.interim?.(reply),
        });
      },
      close: () => transport.close(),
    };
  }

  /** Resolves when it has died. */
  get death(): Promise<void> {
    return this.#death.promise;
  }

  die(): void {
    this.isDead = true;
    this.#death.resolve();
  }
}
