export default async function main() {
  const log: string[] = [];
  const late = (ticks: number, name: string): Promise<string> =>
    ticks === 0 ? Promise.resolve(name) : Promise.resolve().then(() => late(ticks - 1, name));
  const note = (name: string) => (value: unknown) => void log.push(`${name} ${JSON.stringify(value)}`);
  const inputs = (): Promise<string>[] => [late(2, 'a'), late(0, 'b'), late(1, 'c')];
  const all = [
    Promise.all(inputs()).then(note('all')),
    Promise.race(inputs()).then(note('race')),
    Promise.any(inputs()).then(note('any')),
    Promise.allSettled(inputs()).then(note('settled')),
  ];
  for (let tick = 0; tick < 16; tick++) {
    log.push(`tick ${tick}`);
    await null;
  }
  await Promise.all(all);
  return log;
}
