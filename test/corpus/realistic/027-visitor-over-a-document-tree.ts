abstract class Block {
  abstract accept<T>(visitor: Visitor<T>): Promise<T>;
}
class Text extends Block {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  accept<T>(visitor: Visitor<T>) {
    return visitor.text(this);
  }
}
class Heading extends Block {
  readonly level: number;
  readonly title: Text;
  constructor(level: number, title: string) {
    super();
    this.level = level;
    this.title = new Text(title);
  }
  accept<T>(visitor: Visitor<T>) {
    return visitor.heading(this);
  }
}
class List extends Block {
  readonly items: readonly Block[];
  constructor(...items: Block[]) {
    super();
    this.items = items;
  }
  accept<T>(visitor: Visitor<T>) {
    return visitor.list(this);
  }
}
interface Visitor<T> {
  text(block: Text): Promise<T>;
  heading(block: Heading): Promise<T>;
  list(block: List): Promise<T>;
}
class Html implements Visitor<string> {
  #depth = 0;
  static readonly #escapes: Record<string, string> = { '<': '&lt;', '&': '&amp;' };
  async text({ text }: Text) {
    await null;
    return text.replace(/[<&]/g, (c) => Html.#escapes[c]!);
  }
  async heading({ level, title }: Heading) {
    return `<h${level}>${await title.accept(this)}</h${level}>`;
  }
  async list({ items }: List): Promise<string> {
    this.#depth++;
    try {
      const inner: string[] = [];
      for (const item of items) inner.push(`${' '.repeat(this.#depth)}<li>${await item.accept(this)}</li>`);
      return `<ul>\n${inner.join('\n')}\n${' '.repeat(this.#depth - 1)}</ul>`;
    } finally {
      this.#depth--;
    }
  }
}
class Words implements Visitor<Map<string, number>> {
  async text({ text }: Text) {
    const counts = new Map<string, number>();
    for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) counts.set(word, (counts.get(word) ?? 0) + (await 1));
    return counts;
  }
  heading = async ({ title }: Heading) => title.accept(this);
  async list({ items }: List) {
    const all = new Map<string, number>();
    for (const counts of await Promise.all(items.map((item) => item.accept(this)))) for (const [word, n] of counts) all.set(word, (all.get(word) ?? 0) + n);
    return all;
  }
}
export default async function run() {
  const inner = new List(new Text('Äpfel & Birnen'), new List(new Text('a < b'), new Text('b')));
  const tree = new List(new Heading(2, 'A <Title>'), new Text('a b'), inner, inner);
  const html = await tree.accept(new Html());
  const words = await tree.accept(new Words());
  return [html.split('\n'), [...words].toSorted(([a], [b]) => (a < b ? -1 : 1))];
}
