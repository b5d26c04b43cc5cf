class Resource {
  constructor(private log: string[], private name: string) { log.push(`open ${name}`); }
  [Symbol.dispose]() { this.log.push(`close ${this.name}`); }
}
export default async function main() {
  const log: string[] = [];
  {
    using a = new Resource(log, 'a');
    await null;
    using b = new Resource(log, 'b'), c = new Resource(log, 'c');
    log.push(await 'body');
  }
  log.push('after');
  return log;
}
