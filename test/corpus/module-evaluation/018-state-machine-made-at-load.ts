type Transitions<S extends string, E extends string> = Record<S, Partial<Record<E, S>>>;
function machine<S extends string, E extends string>(initial: S, transitions: Transitions<S, E>) {
  let state = initial;
  const history: S[] = [initial];
  const hooks: ((from: S, to: S) => void)[] = [];
  const self = {
    send(event: E): boolean {
      const next = transitions[state][event];
      if (next === undefined) return false;
      for (const hook of hooks) hook(state, next);
      history.push((state = next));
      return true;
    },
    onChange(hook: (from: S, to: S) => void) {
      hooks.push(hook);
      return self;
    },
    get state() {
      return state;
    },
    history: () => history.join(' > '),
  };
  return self;
}
const changes: string[] = [];
const order = machine('new', { new: { pay: 'paid' }, paid: { ship: 'shipped', refund: 'refunded' }, shipped: {}, refunded: {} } as Transitions<'new' | 'paid' | 'shipped' | 'refunded', 'pay' | 'ship' | 'refund'>).onChange((from, to) => changes.push(`${from}-${to}`));

export default async function run() {
  const results = [order.send('ship')];
  await null;
  results.push(order.send('pay'), order.send('pay'));
  const { send } = order;
  await null;
  results.push(send('ship'));
  await null;
  return [results, order.state, order.history(), changes, order.onChange(() => undefined) === order];
}
