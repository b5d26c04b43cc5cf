interface Command {
  readonly label: string;
  apply(document: string[]): Promise<() => void>;
}
const insert = (at: number, ...lines: string[]): Command => ({
  label: `insert ${lines.length} at ${at}`,
  async apply(document) {
    await null;
    document.splice(at, 0, ...lines);
    return () => document.splice(at, lines.length);
  },
});
const replaceAll = (pattern: RegExp, by: string): Command => ({
  label: `replace ${pattern}`,
  apply: async (document) => {
    const before = document.map((line) => line);
    for (const [index, line] of document.entries()) document[index] = await line.replace(pattern, by);
    return () => {
      for (const [index, line] of before.entries()) document[index] = line;
    };
  },
});
const group = (label: string, ...commands: Command[]): Command => ({
  label,
  async apply(document) {
    const undos: (() => void)[] = [];
    for (const command of commands) undos.unshift(await command.apply(document));
    return () => undos.forEach((undo) => undo());
  },
});
class Editor {
  readonly lines: string[] = [];
  readonly #done: { command: Command; undo: () => void }[] = [];
  readonly #undone: Command[] = [];
  async do(command: Command): Promise<this> {
    this.#done.push({ command, undo: await command.apply(this.lines) });
    this.#undone.length = 0;
    return this;
  }
  undo(): string | undefined {
    const last = this.#done.pop();
    if (!last) return undefined;
    last.undo();
    this.#undone.push(last.command);
    return last.command.label;
  }
  async redo(): Promise<string | undefined> {
    const command = this.#undone.pop();
    if (command) this.#done.push({ command, undo: await command.apply(this.lines) });
    return command?.label;
  }
}
export default async function run() {
  const editor = new Editor();
  const views: string[] = [];
  const view = (what: unknown): number => views.push(`${String(what)}: ${editor.lines.join('|')}`);
  view((await editor.do(insert(0, 'one', 'two', 'three'))) === editor);
  await editor.do(group('both', replaceAll(/(?<=t)\w/, '*'), insert(1, 'between')));
  view('group');
  view(editor.undo());
  view(await editor.redo());
  view(editor.undo());
  view(editor.undo());
  view(editor.undo());
  view(await editor.redo());
  await editor.do(insert(3, 'end'));
  view(await editor.redo());
  view(editor.undo());
  return views;
}
