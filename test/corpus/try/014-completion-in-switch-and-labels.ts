async function run(n: number) {
  const log: unknown[] = [];
  block: {
    try {
      switch (await n) {
        case 0:
          break block;
        case 1:
          break;
        case 2:
          return [n, 'returned', log];
        case 3:
          throw 'thrown';
      }
      log.push('after switch');
    } catch (e) {
      log.push(e);
      if (await true) break block;
    } finally {
      log.push(await 'finally');
    }
    log.push('end of block');
  }
  return [n, 'end', log];
}
export default async function main() {
  return Promise.all([run(0), run(1), run(2), run(3), run(4)]);
}
