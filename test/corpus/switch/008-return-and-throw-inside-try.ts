async function run(n: number) {
  const log: string[] = [];
  try {
    switch (await n) {
      case 1:
        return ['returned', log];
      case 2:
        throw new Error('thrown');
      case 3:
        break;
      default:
        log.push('default');
    }
    log.push('after switch');
  } catch (error: any) {
    log.push(error.message);
  } finally {
    log.push(await `finally ${n}`);
  }
  return ['end', log];
}
export default async function main() {
  return [await run(1), await run(2), await run(3), await run(4)];
}
