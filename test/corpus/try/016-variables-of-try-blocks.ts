export default async function main() {
  const log: unknown[] = [];
  const x = 'outer';
  try {
    const x = await 'in try';
    let y = x + '!';
    log.push(y);
    throw y;
  } catch (y) {
    const x = await 'in catch';
    var z = x + y;
  } finally {
    const x = await 'in finally';
    log.push(x);
  }
  log.push(x, z);
  return log;
}
