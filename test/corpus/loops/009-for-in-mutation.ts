export default async function main() {
  const log: string[] = [];
  const object: any = { a: 1, b: 2, c: 3, d: 4 };
  for (const key in object) {
    log.push(key);
    await null;
    if (key === 'a') delete object.b;
    if (key === 'c') {
      delete object.d;
      delete object.c;
    }
  }
  return { log, object };
}
