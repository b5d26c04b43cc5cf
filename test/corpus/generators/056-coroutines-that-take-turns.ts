type Message = { to: string; text: string };
type Actor = Generator<Message | undefined, string, Message>;
function* echo(name: string, limit: number): Actor {
  let heard: string[] = [];
  let message = yield;
  while (heard.length < limit) {
    heard = [...heard, message.text];
    message = yield { to: 'hub', text: `${name}<${message.text}>` };
  }
  return heard.join();
}
function* hub(names: string[]): Actor {
  const counts = new Map(names.map((name) => [name, 0]));
  let message = yield;
  for (let n = 0; ; n++) {
    const name = names[n % names.length]!;
    counts.set(name, counts.get(name)! + 1);
    try {
      message = yield { to: name, text: message.text.length > 12 ? `${n}` : message.text + n };
    } catch (error) {
      names.splice(names.indexOf((error as Error).message), 1);
      if (names.length === 0) return [...counts].join(';');
      message = { to: 'hub', text: 'again' };
    }
  }
}
class System {
  readonly #actors = new Map<string, Actor>();
  readonly ended: string[] = [];
  readonly #queue: Message[] = [];
  add(name: string, actor: Actor): this {
    actor.next();
    this.#actors.set(name, actor);
    return this;
  }
  async run(first: Message): Promise<number> {
    this.#queue.push(first);
    let turns = 0;
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      turns++;
      await null;
      const actor = this.#actors.get(message.to);
      const step = actor ? actor.next(message) : this.#actors.get('hub')!.throw(new Error(message.to));
      if (step.done) {
        this.ended.push(`${message.to}: ${step.value}`);
        this.#actors.delete(message.to);
        if (message.to !== 'hub' && this.#actors.has('hub')) {
          const next = this.#actors.get('hub')!.throw(new Error(message.to));
          if (next.done) this.ended.push(`hub: ${next.value}`);
          else this.#queue.push(next.value!);
        }
      } else if (step.value) this.#queue.push(step.value);
    }
    return turns;
  }
}
export default async function run() {
  const system = new System().add('hub', hub(['a', 'b', 'c'])).add('a', echo('a', 1)).add('b', echo('b', 3)).add('c', echo('c', 2));
  const turns = await system.run({ to: 'hub', text: 's' });
  return [turns, system.ended];
}
