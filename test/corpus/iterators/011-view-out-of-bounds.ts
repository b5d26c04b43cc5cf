/** A view of fixed length whose buffer got too short: its iterator throws, a loop throws, and goes on when it fits again. */
export default async function main() {
  const buffer = new ArrayBuffer(8, { maxByteLength: 8 });
  const view = new Uint8Array(buffer, 2, 4);
  view.set([7, 8, 9, 10]);
  const values = view.values();
  const log: unknown[] = [values.next()];
  await null;
  buffer.resize(3);
  try {
    values.next();
  } catch (error) {
    log.push((error as Error).constructor.name);
  }
  try {
    view.values();
  } catch (error) {
    log.push((error as Error).constructor.name);
  }
  try {
    for (const byte of view) {
      await null;
      log.push(byte);
    }
  } catch (error) {
    log.push((error as Error).constructor.name);
  }
  buffer.resize(8);
  await null;
  log.push(values.next());
  return log;
}
