export default async function main() {
  const log: string[] = [];
  const map = new Map<string, any>([['a', { n: 1 }], ['b', {}], ['c', { n: 3 }], ['d', { n: 4 }]]);
  const readers: (() => string)[] = [];
  outer: for (const [key, { n = await 'default' }] of map) {
    block: {
      try {
        readers.push(() => `${key}:${n}`);
        switch (await key) {
          case 'a':
            continue outer;
          case 'b':
            break block;
          case 'c':
            for (const x of [1, 2]) {
              try {
                if (x === 2) continue outer;
                await null;
              } finally {
                log.push(`inner finally ${key}${await x}`);
              }
            }
          default:
            log.push('default');
            break outer;
        }
      } catch {
        log.push('never');
      } finally {
        log.push(`finally ${await key}`);
      }
      log.push('never here');
    }
    log.push(`after block ${key}`);
  }
  return { log, read: readers.map((f) => f()) };
}
