async function* inner(log: string[], name: string) {
  for (let n = 0; n < 2; n++) {
    log.push(`${name} ${n} asked`);
    const got: unknown = yield `${name}${n}`;
    log.push(`${name} ${n} got ${String(got)}`);
  }
  return `${name} end`;
}
async function* outer(log: string[]): AsyncGenerator<string, string, string> {
  const a = yield* inner(log, 'a');
  log.push(a);
  const list = yield* ['p', Promise.resolve('q')] as unknown as string[];
  log.push(String(list));
  const b = yield* inner(log, 'b');
  return `${a}/${b}`;
}

export default async function main() {
  const log: string[] = [];
  const it = outer(log);
  const asked = Array.from({ length: 9 }, (_, n) => it.next(`v${n}`));
  asked.forEach((promise, n) => void promise.then(() => log.push(`answer ${n}`)));
  const results = await Promise.all(asked);
  const cut = outer(log);
  const mixed = [cut.next('1'), cut.next('2'), cut.return(Promise.resolve('cut') as never), cut.next('3'), cut.throw(new Error('late'))];
  return { results, mixed: (await Promise.allSettled(mixed)).map((r) => (r.status === 'fulfilled' ? r.value : (r.reason as Error).message)), log };
}
