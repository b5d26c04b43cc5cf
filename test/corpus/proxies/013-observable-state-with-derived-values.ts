type Effect = () => void;
let running: Effect | undefined;
const tracked = new WeakMap<object, Map<PropertyKey, Set<Effect>>>();
const proxies = new WeakMap<object, object>();
const queue = new Set<Effect>();
function reactive<T extends object>(target: T): T {
  const known = proxies.get(target);
  if (known) return known as T;
  const proxy = new Proxy(target, {
    get(object, key, receiver) {
      if (running) {
        const keys = tracked.get(object) ?? new Map<PropertyKey, Set<Effect>>();
        tracked.set(object, keys);
        if (!keys.has(key)) keys.set(key, new Set());
        keys.get(key)!.add(running);
      }
      const value = Reflect.get(object, key, receiver);
      return typeof value === 'object' && value !== null ? reactive(value) : value;
    },
    set(object, key, value, receiver) {
      const old = Reflect.get(object, key, receiver);
      const done = Reflect.set(object, key, value, receiver);
      if (!Object.is(old, value)) tracked.get(object)?.get(key)?.forEach((effect) => queue.add(effect));
      return done;
    },
    deleteProperty(object, key) {
      tracked.get(object)?.get(key)?.forEach((effect) => queue.add(effect));
      return Reflect.deleteProperty(object, key);
    },
  });
  proxies.set(target, proxy);
  return proxy;
}
function effect(work: Effect): Effect {
  const self = () => {
    const before = running;
    running = self;
    try {
      work();
    } finally {
      running = before;
    }
  };
  self();
  return self;
}
async function flush(): Promise<number> {
  let n = 0;
  for (const work of queue) {
    queue.delete(work);
    work();
    n++;
    await null;
  }
  return n;
}
export default async function run() {
  const state = reactive({ first: 'Ann', last: 'Lee', cart: { items: [] as { price: number }[], factor: 1 } as any });
  const log: string[] = [];
  effect(() => log.push(`name ${state.first} ${state.last}`));
  effect(() => {
    state.cart.total = state.cart.items.reduce((sum: number, { price }: any) => sum + price, 0) * state.cart.factor;
  });
  effect(() => log.push(`total ${state.cart.total}`));
  await null;
  state.first = 'Bob';
  state.last = 'Lee';
  const counts = [await flush()];
  state.cart.items.push({ price: 5 }, { price: 7 });
  counts.push(await flush());
  state.cart.items[0]!.price = 6;
  state.cart.factor = 2;
  await null;
  counts.push(await flush(), await flush());
  delete (state as any).last;
  counts.push(await flush());
  return [log, counts, JSON.stringify(state), state.cart === state.cart, reactive(state.cart.items) !== state.cart.items];
}
