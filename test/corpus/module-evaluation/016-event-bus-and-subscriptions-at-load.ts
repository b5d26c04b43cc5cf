function makeBus<E extends string>() {
  const listeners = new Map<E, Set<(payload: unknown) => void>>();
  let published = 0;
  return {
    on(event: E, listener: (payload: unknown) => void) {
      let set = listeners.get(event);
      if (set === undefined) listeners.set(event, (set = new Set()));
      set.add(listener);
      return () => set.delete(listener);
    },
    emit(event: E, payload: unknown) {
      published++;
      for (const listener of listeners.get(event) ?? []) listener(payload);
    },
    get published() {
      return published;
    },
  };
}
const bus = makeBus<'paid' | 'sent'>();
const total = (() => {
  let sum = 0;
  bus.on('paid', (amount) => (sum += amount as number));
  return () => sum;
})();
const sent: unknown[] = [];
const unsubscribe = bus.on('sent', (what) => sent.push(what));
bus.emit('paid', 1);

export default async function run() {
  bus.emit('paid', 10);
  bus.emit('sent', 'a');
  await null;
  const extra: unknown[] = [];
  bus.on('sent', (what) => extra.push(what));
  bus.emit('sent', 'b');
  await null;
  unsubscribe();
  bus.emit('sent', 'c');
  bus.emit('paid', 100);
  await null;
  return [total(), sent, extra, bus.published];
}
