export default async function main() {
  const log: unknown[] = [];
  for (let i = 0; i < 3; i++) {
    let fresh: any;
    var shared: any;
    log.push([fresh, shared]);
    await null;
    fresh = i;
    shared = i;
    await null;
    log.push([fresh, shared]);
  }
  return log;
}
