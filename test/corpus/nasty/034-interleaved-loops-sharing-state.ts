export default async function main() {
  const log: string[] = [];
  let turn: 'ping' | 'pong' = 'ping';
  let wake: (() => void) | undefined;
  const player = async (name: 'ping' | 'pong', rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      while (turn !== name) await new Promise<void>((resolve) => (wake = resolve));
      log.push(`${name} ${round}`);
      turn = name === 'ping' ? 'pong' : 'ping';
      const w = wake;
      wake = undefined;
      w?.();
      await null;
    }
  };
  await Promise.all([player('ping', 3), player('pong', 3)]);
  return log;
}
