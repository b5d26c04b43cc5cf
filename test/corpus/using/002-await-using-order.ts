class Resource {
  constructor(private log: string[], private name: string) { log.push(`open ${name}`); }
  async [Symbol.asyncDispose]() {
    this.log.push(`closing ${this.name}`);
    await null;
    this.log.push(`closed ${this.name}`);
  }
}
class SyncResource {
  constructor(private log: string[], private name: string) { log.push(`open ${name}`); }
  [Symbol.dispose]() { this.log.push(`close ${this.name}`); }
}
async function run(log: string[]) {
  await using a = new Resource(log, 'a');
  using b = new SyncResource(log, 'b');
  await using c = new SyncResource(log, 'c');
  await null;
  return await 'returned';
}
export default async function main() {
  const log: string[] = [];
  log.push(await run(log));
  return log;
}
