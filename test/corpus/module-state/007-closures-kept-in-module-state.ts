let handler: (() => number) | undefined;
const handlers: (() => Promise<string>)[] = [];
export default async function main() {
  let n = 0;
  handler = () => ++n;
  handlers.push(async () => { await null; return `n is ${n}`; });
  await null;
  const log: unknown[] = [handler(), n, await handlers[0]!()];
  n = 50;
  await null;
  log.push(handler(), await handlers[0]!());
  return log;
}
