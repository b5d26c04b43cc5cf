export default async function main() {
  const log: string[] = [];
  const work = async (name: string, fail: boolean): Promise<string> => {
    try {
      await null;
      if (fail) throw new Error(name);
      return `${name} value`;
    } catch (error) {
      log.push(`catch ${(error as Error).message}`);
      return await Promise.resolve(`${name} caught`);
    } finally {
      log.push(`finally ${name}`);
      await null;
      log.push(`finally done ${name}`);
    }
  };
  const both = [work('a', true), work('b', false), work('c', true)];
  for (let tick = 0; tick < 6; tick++) {
    log.push(String(tick));
    await null;
  }
  return { log, values: await Promise.all(both) };
}
