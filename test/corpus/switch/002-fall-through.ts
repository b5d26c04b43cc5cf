async function run(n: number) {
  const log: string[] = [];
  switch (n) {
    case 1:
      log.push('one');
    case 2:
      log.push(await 'two');
    case 3:
      log.push('three');
      break;
    case 4:
      await null;
      log.push('four');
    default:
      log.push('default');
  }
  return log.join();
}
export default async function main() {
  return [await run(1), await run(2), await run(3), await run(4), await run(5)];
}
