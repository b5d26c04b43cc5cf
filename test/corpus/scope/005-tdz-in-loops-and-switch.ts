export default async function main() {
  const log: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    const read = () => value;
    try {
      log.push(read());
    } catch (error: any) {
      log.push(error.name);
    }
    await null;
    let value: any = i;
    log.push(read());
    await null;
  }
  try {
    // @ts-ignore
    for (const x of (await null, [x])) log.push(x);
  } catch (error: any) {
    log.push(error.message);
  }
  try {
    // @ts-ignore
    for (let k = (await null, k); k < 1; ) log.push(k);
  } catch (error: any) {
    log.push(error.message);
  }
  return log;
}
