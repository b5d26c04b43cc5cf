type Event = { type: 'opened'; owner: string } | { type: 'deposited' | 'withdrawn'; amount: number } | { type: 'closed' };
class Aggregate {
  owner = '';
  balance = 0;
  open = false;
  version = 0;
  apply(event: Event): this {
    switch (event.type) {
      case 'opened': this.owner = event.owner; this.open = true; break;
      case 'deposited': this.balance += event.amount; break;
      case 'withdrawn': this.balance -= event.amount; break;
      case 'closed': this.open = false;
    }
    this.version++;
    return this;
  }
}
class EventStore {
  #streams = new Map<string, Event[]>();
  async append(id: string, expected: number, ...events: Event[]) {
    await null;
    const stream = this.#streams.get(id) ?? [];
    if (stream.length !== expected) throw new Error(`conflict: expected ${expected}, is ${stream.length}`);
    this.#streams.set(id, [...stream, ...events]);
  }
  async load(id: string) {
    const aggregate = new Aggregate();
    for (const event of this.#streams.get(id) ?? []) aggregate.apply(await event);
    return aggregate;
  }
}
export default async function main() {
  const store = new EventStore();
  const log: string[] = [];
  const execute = async (id: string, decide: (a: Aggregate) => Event[]): Promise<void> => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const aggregate = await store.load(id);
      try {
        return await store.append(id, aggregate.version, ...decide(aggregate));
      } catch (error: any) {
        log.push(`attempt ${attempt} ${error.message}`);
        if (!error.message.startsWith('conflict')) throw error;
      }
    }
  };
  await execute('x', () => [{ type: 'opened', owner: 'ann' }]);
  await Promise.all([execute('x', () => [{ type: 'deposited', amount: 10 }]), execute('x', (a) => [{ type: 'deposited', amount: 5 }, { type: 'withdrawn', amount: a.balance }])]);
  await execute('x', (a) => { if (a.balance !== 0) throw new Error(`still holds ${a.balance}`); return [{ type: 'closed' }]; }).catch((e: Error) => log.push(e.message));
  return { account: await store.load('x'), log };
}
