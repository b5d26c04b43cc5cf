async function* source(log: string[]) {
  try {
    yield 1;
    yield 2;
  } finally {
    log.push('finally in');
    await null;
    log.push('finally out');
  }
}

export default async function main() {
  const log: string[] = [];
  const results: unknown[] = [];
  const one = source(log);
  await one.next();
  results.push(await one.return(Promise.resolve('later') as never));
  const two = source(log);
  await two.next();
  try {
    await two.return(Promise.reject(new Error('rejected value')) as never);
  } catch (error) {
    log.push((error as Error).message);
  }
  results.push(await two.next());
  const fresh = source(log);
  results.push(await fresh.return(Promise.resolve('never begun') as never));
  const fresh2 = source(log);
  await fresh2.return(Promise.reject(new Error('fresh rejected')) as never).catch((error: Error) => log.push(error.message));
  results.push(await fresh2.next());
  return { results, log };
}
