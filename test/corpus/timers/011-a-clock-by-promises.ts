/** Deadlines as promises that are raced again and again, with one deadline for many races. */
export default async function main() {
  const log: string[] = [];
  const deadline = new Promise<'late'>((resolve) => setTimeout(resolve, 4, 'late'));
  const steps = async function* () {
    yield 'one';
    yield 'two';
    await deadline;
    await null;
    yield 'three';
  };
  const source = steps();
  for (;;) {
    const next = source.next();
    const first = await Promise.race([next, deadline]);
    if (first === 'late') {
      log.push('late');
      log.push(`still comes: ${(await next).value}`);
      break;
    }
    log.push(String(first.value));
  }
  log.push(`ended ${(await source.next()).done}`, await deadline);
  return log;
}
