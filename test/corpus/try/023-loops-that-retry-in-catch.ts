/** continue and break from catch and finally of retries, with the labels of two loops around them. */
export default async function main() {
  const log: string[] = [];
  const flaky = async (name: string, n: number) => {
    await null;
    if ((name.length + n) % 3 !== 0) throw new Error(`${name}${n}`);
    return `${name} at ${n}`;
  };
  names: for (const name of ['a', 'bb', 'ccc', 'dddd', 'stop']) {
    for (let n = 0; ; n++) {
      try {
        log.push(await flaky(name, n));
        if (name === 'stop') break names;
        break;
      } catch (error) {
        if (n < 1) continue;
        log.push(`given up ${(error as Error).message}`);
        continue names;
      } finally {
        if (name === 'dddd' && n === 0) {
          log.push('never mind');
          // oxlint-disable-next-line no-unsafe-finally
          continue names;
        }
        log.push(`tried ${name}${n}`);
      }
    }
    log.push(`end of ${name}`);
  }
  return log;
}
