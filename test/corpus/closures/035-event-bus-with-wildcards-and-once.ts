type Handler = (topic: string, data: unknown) => unknown;
function makeBus() {
  const handlers: { pattern: string; matches: (topic: string) => boolean; run: Handler; left: number }[] = [];
  let depth = 0;
  const sent: string[] = [];
  const on = (pattern: string, run: Handler, left = Infinity) => {
    const parts = pattern.split('.');
    const entry = {
      pattern,
      run,
      left,
      matches(topic: string) {
        const names = topic.split('.');
        return parts.every((part, i) => part === '>' || part === '*' || part === names[i]) && (parts.at(-1) === '>' || parts.length === names.length);
      },
    };
    handlers.push(entry);
    return Object.assign(() => handlers.splice(handlers.indexOf(entry), handlers.includes(entry) ? 1 : 0).length, { entry });
  };
  return {
    on,
    once: (pattern: string, run: Handler) => on(pattern, run, 1),
    async emit(topic: string, data?: unknown): Promise<number> {
      sent.push(`${'  '.repeat(depth++)}${topic}`);
      let n = 0;
      try {
        for (const entry of handlers.filter(({ matches }) => matches(topic))) {
          if (entry.left-- <= 0) continue;
          n++;
          await entry.run(topic, data);
        }
      } finally {
        depth--;
        for (let i = handlers.length - 1; i >= 0; i--) if (handlers[i]!.left <= 0) handlers.splice(i, 1);
      }
      return n;
    },
    get state() {
      return [handlers.map(({ pattern, left }) => `${pattern} ${left}`), sent];
    },
  };
}
export default async function run() {
  const bus = makeBus();
  const got: unknown[] = [];
  const off = bus.on('order.*', async (topic, data) => {
    await null;
    got.push([topic, data]);
  });
  bus.once('order.paid', async (_, data) => got.push(['receipts', await bus.emit('mail.receipt', data)]));
  bus.on('>', (topic) => void got.push(topic));
  const boom = bus.on('mail.>', () => {
    throw new Error('smtp');
  });
  const counts = [await bus.emit('order.new', 1)];
  const failed = await bus.emit('order.paid', 2).catch((error: Error) => error.message);
  await null;
  counts.push(boom(), boom(), await bus.emit('order.paid', 3), off(), await bus.emit('order.new.x'), await bus.emit('mail.a.b'));
  return [counts, failed, got, bus.state, off.entry.left];
}
