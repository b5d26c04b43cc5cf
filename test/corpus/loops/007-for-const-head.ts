export default async function main() {
  const log: unknown[] = [];
  let n = 0;
  for (const fixed = { count: 0 }; fixed.count < 3; fixed.count++) {
    await null;
    log.push(fixed.count, n++);
  }
  try {
    // @ts-ignore
    for (const k = 0; k < 2; k++) {
      log.push(`k ${await k}`);
    }
  } catch (error: any) {
    log.push(error.constructor.name);
  }
  return log;
}
