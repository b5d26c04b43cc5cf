export default async function main() {
  const f = async () => await 1;
  const p = f();
  await null;
  const log = [typeof f, f instanceof Function, typeof p, p instanceof Promise, typeof p.then, Object.prototype.toString.call(p), p.constructor === Promise];
  log.push(await p as any);
  return log;
}
