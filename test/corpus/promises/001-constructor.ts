export default async function main() {
  const log: string[] = [];
  const p = new Promise<string>((resolve, reject) => {
    log.push('executor runs at once');
    resolve('first');
    resolve('second ignored');
    reject(new Error('ignored'));
  });
  log.push('after constructor');
  log.push(await p, await p);
  const thrown = new Promise(() => {
    throw new Error('executor threw');
  });
  await thrown.catch((e: Error) => log.push(e.message));
  const afterResolve = new Promise<string>((resolve) => {
    resolve('kept');
    throw new Error('ignored');
  });
  log.push(await afterResolve);
  return log;
}
