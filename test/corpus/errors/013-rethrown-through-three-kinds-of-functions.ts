/** One error object through a generator, an async generator and an async arrow: each adds a mark, it stays the same object. */
type Marked = Error & { marks: string[] };
const mark = (error: unknown, what: string): Marked => {
  (error as Marked).marks.push(what);
  return error as Marked;
};
export default async function main() {
  const original = Object.assign(new Error('start'), { marks: [] as string[] });
  function* inner(): Generator<number> {
    try {
      yield 1;
      throw original;
    } catch (error) {
      throw mark(error, 'generator');
    } finally {
      original.marks.push('generator finally');
    }
  }
  async function* middle() {
    try {
      for (const value of inner()) yield (await value) + 1;
    } catch (error) {
      await null;
      throw mark(error, 'async generator');
    }
  }
  const outer = async () => {
    const seen: number[] = [];
    try {
      for await (const value of middle()) seen.push(value);
    } catch (error) {
      throw mark(error, `arrow after ${seen}`);
    }
    return seen;
  };
  const caught = await outer().catch((error: unknown) => error);
  return { same: caught === original, marks: original.marks, text: String(caught) };
}
