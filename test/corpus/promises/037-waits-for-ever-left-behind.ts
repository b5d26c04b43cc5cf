/** Nobody can settle these; they keep nothing from going on. */
export default async function main() {
  const log: string[] = [];
  const park = async (name: string): Promise<void> => {
    log.push(`${name} parks`);
    try {
      await new Promise(() => {});
    } finally {
      log.push('never');
    }
  };
  void park('a');
  void Promise.race([]).then(() => log.push('never'));
  void new Promise(() => {}).then(() => log.push('never')).finally(() => log.push('never'));
  const first = await Promise.race([park('b').then(() => 'parked'), Promise.resolve('free')]);
  await null;
  return { log, first };
}
