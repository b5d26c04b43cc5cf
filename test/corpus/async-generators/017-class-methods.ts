class Feed {
  #pages: string[][];
  fetched = 0;
  constructor(pages: string[][]) {
    this.#pages = pages;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (const page of this.#pages) yield* this.#load(page);
  }
  async *#load(page: string[]): AsyncGenerator<string> {
    await null;
    this.fetched++;
    for (const item of page) yield `${item}@${this.fetched}`;
  }
  static async *merge(...feeds: Feed[]): AsyncGenerator<string> {
    for (const feed of feeds) for await (const item of feed) yield item;
  }
}
class Loud extends Feed {
  override async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for await (const item of super[Symbol.asyncIterator]()) yield item.toUpperCase();
  }
}

export default async function main() {
  const feed = new Feed([['a', 'b'], [], ['c']]);
  const loud = new Loud([['x'], ['y']]);
  const seen: string[] = [];
  for await (const item of Feed.merge(feed, loud)) seen.push(item);
  return { seen, fetched: [feed.fetched, loud.fetched] };
}
