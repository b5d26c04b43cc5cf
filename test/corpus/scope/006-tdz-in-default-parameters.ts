async function f(a: any = b, b: any = 1) {
  await null;
  return [a, b];
}
async function g(a: any = 1, b = () => a) {
  await null;
  a = 2;
  return [a, b()];
}
export default async function main() {
  const log: unknown[] = [];
  log.push(await f(5));
  try {
    log.push(await f());
  } catch (error: any) {
    log.push(error.message);
  }
  log.push(await g());
  return log;
}
