export default async function main() {
  const log: unknown[] = [];
  for (const n of [0, 1, 2]) {
    try {
      switch (n) {
        case 0:
          let x = await 'x';
          const f = () => x;
          log.push(f());
        case 1:
          x = 'assigned';
          log.push(x);
          break;
        case 2:
          log.push(g());
          log.push(await x);
          function g() {
            return 'hoisted in switch';
          }
      }
    } catch (error: any) {
      log.push(error.constructor.name, error.message);
    }
  }
  return log;
}
