import { runInThisContext } from 'node:vm';
const query = runInThisContext(`(rows) => {
  let started = 0;
  return { then(done, fail) { started++; setImmediate(() => rows < 0 ? fail(new Error('no rows')) : done({ rows, started })); } };
}`) as (rows: number) => PromiseLike<{ rows: number; started: number }>;
/** As query builders are: work begins with `then`. */
export default async function main() {
  const one = await query(3);
  const both = await Promise.all([query(1), query(2)]);
  let message = '';
  try {
    await query(-1);
  } catch (error) {
    message = (error as Error).message;
  }
  return { one, both, message };
}
