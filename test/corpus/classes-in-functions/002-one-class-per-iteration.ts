export default async function main(): Promise<unknown> {
  const made: any[] = [];
  for (let index = 0; index < 3; index++) {
    class Step {
      static number = index;
      run() {
        return index++;
      }
    }
    made.push(new Step());
    await null;
  }
  const log: unknown[] = [];
  for (const item of made) {
    log.push(item.run(), item.run(), item.constructor.number);
    await null;
  }
  const [a, b] = made;
  return [log, a.constructor === b.constructor, a instanceof b.constructor, a.constructor.name];
}
