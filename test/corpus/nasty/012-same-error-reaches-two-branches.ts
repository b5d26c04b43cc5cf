export default async function main() {
  const errors: unknown[] = [];
  const log: string[] = [];
  const failing = (async () => { await null; throw Object.assign(new Error('shared'), { hits: 0 }); })();
  const branch = async (name: string) => {
    try {
      await failing;
    } catch (e: any) {
      e.hits++;
      errors.push(e);
      await null;
      log.push(`${name} ${e.hits}`);
      throw e;
    }
  };
  const results = await Promise.allSettled([branch('a'), branch('b')]);
  return { same: errors[0] === errors[1], log, results };
}
