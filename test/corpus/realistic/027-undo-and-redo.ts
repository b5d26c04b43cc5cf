/** Commands that know how to take themselves back, async ones too; a new command drops what could be done again. */
interface Command {
  readonly label: string;
  run(): Promise<void> | void;
  undo(): Promise<void> | void;
}
class History {
  readonly #past: Command[] = [];
  #future: Command[] = [];
  async run(command: Command) {
    await command.run();
    this.#past.push(command);
    this.#future = [];
  }
  async undo(): Promise<string | undefined> {
    const command = this.#past.pop();
    await command?.undo();
    if (command) this.#future.push(command);
    return command?.label;
  }
  async redo(): Promise<string | undefined> {
    const command = this.#future.pop();
    await command?.run();
    if (command) this.#past.push(command);
    return command?.label;
  }
  get labels(): string[][] {
    return [this.#past, this.#future].map((list) => list.map(({ label }) => label));
  }
}
export default async function main() {
  const text: string[] = [];
  const insert = (at: number, what: string): Command => ({
    label: `insert ${what}`,
    run: () => void text.splice(at, 0, ...what),
    undo: () => void text.splice(at, what.length),
  });
  const remove = (at: number, count: number): Command => {
    let cut: string[] = [];
    return {
      label: `remove ${count}`,
      async run() {
        await null;
        cut = text.splice(at, count);
      },
      async undo() {
        await null;
        text.splice(at, 0, ...cut);
      },
    };
  };
  const history = new History();
  const seen: unknown[] = [];
  const look = (what: unknown) => seen.push([what, text.join(''), ...history.labels.map((list) => list.length)]);
  await history.run(insert(0, 'hello world'));
  await history.run(remove(5, 6));
  look('removed');
  look(await history.undo());
  look(await history.redo());
  look(await history.undo());
  await history.run(insert(5, ','));
  look('typed');
  look(await history.redo());
  while (await history.undo()) await null;
  look('start');
  return { seen, labels: history.labels };
}
