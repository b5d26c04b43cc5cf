type State = 'idle' | 'loading' | 'ready' | 'failed';
type Event = 'load' | 'ok' | 'error' | 'reset';
const table: Record<State, Partial<Record<Event, State>>> = {
  idle: { load: 'loading' },
  loading: { ok: 'ready', error: 'failed' },
  ready: { reset: 'idle', load: 'loading' },
  failed: { reset: 'idle', load: 'loading' },
};
class Machine {
  state: State = 'idle';
  readonly path: State[] = ['idle'];
  constructor(private hooks: Partial<Record<State, (from: State) => Promise<void>>>) {}
  async send(event: Event): Promise<boolean> {
    const next = table[this.state][event];
    if (!next) return false;
    const from = this.state;
    this.state = next;
    this.path.push(next);
    await this.hooks[next]?.(from);
    return true;
  }
}
export default async function main() {
  const log: string[] = [];
  let attempts = 0;
  const machine: Machine = new Machine({
    loading: async (from) => {
      log.push(`loading from ${from}`);
      await null;
      await machine.send(++attempts < 3 ? 'error' : 'ok');
    },
    failed: async () => {
      log.push(`failed ${attempts}`);
      await machine.send('load');
    },
    ready: async () => void log.push('ready'),
  });
  const results = [await machine.send('ok'), await machine.send('load'), await machine.send('reset'), await machine.send('error')];
  return { results, path: machine.path, log, attempts };
}
