export default async function main() {
  const log: unknown[] = [];
  const run = async (mode: number) => {
    for (let i = 0; i < 2; i++) {
      try {
        log.push(`try ${mode} ${i}`);
        if (mode === 1) return 'r';
        if (mode === 2) throw 't';
        if (mode === 3) continue;
        if (mode === 4) break;
      } finally {
        log.push(await `finally ${mode} ${i}`);
      }
      log.push('after');
    }
    return 'end';
  };
  for (const mode of [0, 1, 2, 3, 4]) log.push(await run(mode).catch((e) => `caught ${e}`));
  return log;
}
