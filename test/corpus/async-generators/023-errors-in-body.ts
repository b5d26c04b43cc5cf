async function* failing(log: string[]) {
  try {
    yield 1;
    await Promise.reject(new TypeError('inside'));
  } finally {
    log.push('cleanup');
  }
}

export default async function main() {
  const log: string[] = [];
  const it = failing(log);
  const all = await Promise.allSettled([it.next(), it.next(), it.next(), it.return('r' as never), it.throw(new Error('t'))]);
  for (const result of all)
    log.push(result.status === 'fulfilled' ? JSON.stringify(result.value) : (result.reason as Error).message);
  return log;
}
