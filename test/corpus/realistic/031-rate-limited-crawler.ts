type Page = { links: string[]; title?: string; fail?: number };
const site: Record<string, Page> = {
  '/': { links: ['/a', '/b#top', '/missing', 'https://elsewhere.example/'], title: 'home' },
  '/a': { links: ['/b?x=1', '../c', '/'], title: 'a' },
  '/b': { links: ['/d'], title: 'b', fail: 1 },
  '/c': { links: [], fail: 5 },
  '/d': { links: ['/a', '/e'] },
  '/e': { links: ['/e'], title: 'e' },
};
class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  peak = 0;
  #used = 0;
  constructor(n: number) {
    this.#free = n;
  }
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#free--;
    this.peak = Math.max(this.peak, ++this.#used);
    try {
      return await work();
    } finally {
      this.#used--;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
export default async function run() {
  const base = new URL('https://shop.example/');
  const seen = new Map<string, { depth: number; title: string | undefined; tries: number }>();
  const errors = new Map<string, string>();
  const limit = new Semaphore(2);
  const order: string[] = [];
  const load = async (path: string, attempt: number): Promise<Page> => {
    order.push(`${path}${'!'.repeat(attempt - 1)}`);
    await null;
    const page = site[path];
    if (!page) throw new RangeError('404');
    if ((page.fail ?? 0) >= attempt) throw new Error(`500 on attempt ${attempt}`);
    return page;
  };
  const visit = async (href: string, from: URL, depth: number): Promise<number> => {
    const url = new URL(href, from);
    if (url.host !== base.host) return 0;
    const path = url.pathname;
    if (seen.has(path) || errors.has(path)) return 0;
    const entry = { depth, title: undefined as string | undefined, tries: 0 };
    seen.set(path, entry);
    let page: Page | undefined;
    while (!page) {
      try {
        page = await limit.run(() => load(path, ++entry.tries));
      } catch (error) {
        if (error instanceof RangeError || entry.tries === 3) {
          seen.delete(path);
          errors.set(path, `${error}`);
          return 0;
        }
      }
    }
    entry.title = page.title ?? '(none)';
    const counts = await Promise.all(page.links.map((link) => visit(link, url, depth + 1)));
    return counts.reduce((a, b) => a + b, 1);
  };
  const count = await visit('/', base, 0);
  return [count, [...seen], [...errors], order, limit.peak];
}
