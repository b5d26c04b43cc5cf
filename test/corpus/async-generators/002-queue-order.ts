async function* slow(log: string[]) {
  for (let n = 1; n <= 4; n++) {
    log.push(`start ${n}`);
    await null;
    await null;
    log.push(`yield ${n}`);
    yield n;
  }
  return 'end';
}

export default async function main() {
  const log: string[] = [];
  const it = slow(log);
  const requests = [it.next(), it.next(), it.next(), it.return('cut' as never), it.next()];
  log.push('asked');
  requests.forEach((promise, index) =>
    promise.then((result) => log.push(`${index}: ${JSON.stringify(result)}`)),
  );
  await null;
  const results = await Promise.all(requests);
  return { results, log };
}
