export default async function main() {
  const log: unknown[] = [];
  let read: () => unknown = () => 'none';
  {
    let hidden = await 'first';
    read = () => hidden;
    await null;
    hidden = 'changed';
  }
  {
    let hidden = await 'second';
    log.push(read(), hidden);
    const before = read;
    read = () => [before(), hidden];
  }
  await null;
  log.push(read());
  return log;
}
