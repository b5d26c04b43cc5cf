type Constructor<T = object> = new (...args: any[]) => T;
function Timestamped<B extends Constructor>(Base: B) {
  return class Timestamped extends Base {
    created = ++ticks;
    touch(): this {
      this.created = ++ticks;
      return this;
    }
  };
}
function Tagged<B extends Constructor<{ name: string }>>(Base: B, ...own: string[]) {
  abstract class Tagged extends Base {
    ownTags = new Set(own);
    tag(...tags: string[]): this {
      for (const tag of tags) known.add(tag), this.ownTags.add(tag);
      return this;
    }
    get tags(): string[] {
      return [...this.ownTags].map((tag) => `${this.name}#${tag}`);
    }
    async describe(): Promise<string> {
      await null;
      return `${this.label()} ${this.tags}`;
    }
    abstract label(): string;
  }
  return Tagged as unknown as Constructor<{ tag(...t: string[]): any; tags: string[]; describe(): Promise<string> }> & B;
}
let ticks = 0;
const known = new Set<string>();
class Named {
  name: string;
  constructor(name: string) {
    this.name = name;
  }
}
class Note extends Tagged(Timestamped(Named), 'note') {
  label(): string {
    return `${this.name}@${this.created}`;
  }
}
class Task extends Timestamped(Tagged(Named, 'task', 'open')) {
  label(): string {
    return `[${this.name}]`;
  }
}
export default async function run() {
  const note = new Note('n');
  const task: any = new Task('t');
  await null;
  note.tag('x', 'y');
  note.touch();
  const first = await note.describe();
  task.tag('done').touch();
  await null;
  return [first, await task.describe(), [...known], note.created, task.created, ticks, note instanceof Named, Object.getPrototypeOf(Object.getPrototypeOf(Note)).name, Object.keys(note), Object.keys(task)];
}
