type Context = { tries: number; log: string[]; amount: number };
type Event = { type: 'submit' | 'approve' | 'reject' | 'timeout' | 'reopen'; by?: string };
interface Transition<S extends string> {
  readonly to: S;
  readonly when?: (context: Context, event: Event) => boolean | Promise<boolean>;
  readonly act?: (context: Context, event: Event) => void | Promise<void>;
}
type Machine<S extends string> = { [K in S]: { enter?: (c: Context) => unknown; leave?: (c: Context) => unknown; on: Partial<Record<Event['type'], Transition<S>[]>> } };
const machine = {
  draft: { on: { submit: [{ to: 'review', when: ({ amount }) => amount > 0 }] }, leave: (c) => c.log.push('leave draft') },
  review: {
    enter: async (c) => {
      await null;
      c.log.push(`review ${++c.tries}`);
    },
    on: {
      approve: [
        { to: 'done', when: async ({ amount }) => (await amount) < 100, act: (c, { by }) => void c.log.push(`small, by ${by ?? 'nobody'}`) },
        { to: 'second', act: async (c) => void c.log.push(await 'large') },
      ],
      reject: [{ to: 'draft' }],
      timeout: [{ to: 'dead', when: ({ tries }) => tries > 1 }, { to: 'review' }],
    },
  },
  second: { on: { approve: [{ to: 'done' }], reject: [{ to: 'dead' }] } },
  done: { enter: (c) => c.log.push('paid'), on: { reopen: [{ to: 'draft', act: (c) => void (c.amount = 500) }] } },
  dead: { on: {} },
} satisfies Machine<'draft' | 'review' | 'second' | 'done' | 'dead'>;
type State = keyof typeof machine;
class Flow {
  state: State = 'draft';
  readonly history: State[] = [];
  readonly context: Context;
  constructor(amount: number) {
    this.context = { tries: 0, log: [], amount };
  }
  async send(event: Event): Promise<boolean> {
    const node = (machine as Machine<State>)[this.state];
    for (const { to, when, act } of node.on[event.type] ?? []) {
      if (when && !(await when(this.context, event))) continue;
      await node.leave?.(this.context);
      this.history.push(this.state);
      await act?.(this.context, event);
      this.state = to;
      await (machine as Machine<State>)[to].enter?.(this.context);
      return true;
    }
    return false;
  }
}
export default async function run() {
  const one = new Flow(50);
  const two = new Flow(0);
  const took: boolean[] = [];
  for (const type of ['approve', 'submit', 'timeout', 'approve', 'reopen', 'submit', 'approve', 'approve'] as const) took.push(await one.send({ type, ...(type === 'approve' && { by: 'Ann' }) }));
  const other: boolean[] = [];
  other.push(await two.send({ type: 'submit' }));
  two.context.amount = 7;
  for (const type of ['submit', 'timeout', 'timeout', 'reopen'] as const) other.push(await two.send({ type }));
  return [one.state, one.history, one.context, took, two.state, two.history, two.context.log, other];
}
