type Handler = (event: string) => void;
function createEmitter(prefix: string) {
  return class Emitter {
    #handlers = new Map<string, Handler[]>();
    on(name: string, handler: Handler) {
      const list = this.#handlers.get(name) ?? [];
      list.push(handler);
      this.#handlers.set(name, list);
      return () => {
        this.#handlers.set(
          name,
          (this.#handlers.get(name) ?? []).filter((known) => known !== handler),
        );
      };
    }
    emit(name: string) {
      for (const handler of this.#handlers.get(name) ?? []) handler(`${prefix}:${name}`);
    }
  };
}

export default async function main(): Promise<unknown> {
  const Emitter = createEmitter('app');
  const emitter = new Emitter();
  const log: string[] = [];
  const off = emitter.on('start', (event) => log.push(`one ${event}`));
  await null;
  emitter.on('start', (event) => log.push(`two ${event}`));
  emitter.emit('start');
  await null;
  off();
  emitter.emit('start');
  await null;
  return log;
}
