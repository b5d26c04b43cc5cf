class Resource {
  constructor(private log: string[], readonly name: string) {}
  [Symbol.dispose]() { this.log.push(`close ${this.name}`); }
}
export default async function main() {
  const log: string[] = [];
  for (using r of [new Resource(log, 'x'), new Resource(log, 'y'), new Resource(log, 'z')]) {
    log.push(`use ${await r.name}`);
    if (r.name === 'y') break;
  }
  for (const n of [1, 2, 3]) {
    using r = new Resource(log, `loop ${n}`);
    await null;
    if (n === 1) continue;
    if (n === 2) break;
  }
  for (using r = new Resource(log, 'head'), i = null; log.length < 12; log.push(`body ${await r.name}`)) void i;
  return log;
}
