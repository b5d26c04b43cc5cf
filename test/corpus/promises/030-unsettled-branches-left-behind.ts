export default async function main() {
  const log: string[] = [];
  void (async () => { log.push('waits for ever'); await new Promise(() => {}); log.push('never'); })();
  const { promise } = Promise.withResolvers<void>();
  void promise.then(() => log.push('never'));
  await null;
  return log;
}
