const shutdown = new AbortController();
const log: string[] = [];

async function worker(name: string): Promise<void> {
  for (let round = 0; !shutdown.signal.aborted; round++) {
    await null;
    log.push(`${name}${round}`);
    if (round === 2 && name === 'a') shutdown.abort();
  }
}

export default async function main() {
  await Promise.all([worker('a'), worker('b')]);
  return [log.filter((line) => line.startsWith('a')), log.length > 4, shutdown.signal.reason.name];
}
