export default async function main() {
  const log: string[] = [];
  let live = 0;
  const spawn = async (name: string, ticks: number) => {
    live++;
    for (let i = 0; i < ticks; i++) {
      await null;
      log.push(`${name}${i}`);
    }
    live--;
  };
  void spawn('a', 4);
  void spawn('b', 2);
  const c = spawn('c', 6);
  log.push(`live ${live}`);
  await c;
  return { log, live };
}
