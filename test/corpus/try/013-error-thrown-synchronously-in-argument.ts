function explode(): never {
  throw new Error('exploded');
}
export default async function main() {
  const log: unknown[] = [];
  try {
    await log.push('before', explode());
  } catch (error: any) {
    log.push(error.message);
  }
  const f = async (a: unknown, b = explode()) => [a, b];
  const p = f(1);
  log.push(typeof p.then);
  try {
    await p;
  } catch (error: any) {
    log.push(`rejected ${error.message}`);
  }
  const g = async () => explode();
  log.push(await g().then(() => 'no', (e: Error) => `rejected ${e.message}`));
  return log;
}
