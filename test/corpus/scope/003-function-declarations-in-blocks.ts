export default async function main() {
  const log: unknown[] = [];
  const f = () => 'outer f';
  {
    log.push(f());
    await null;
    function f() {
      return 'inner f';
    }
    log.push(f());
  }
  log.push(f());
  for (const n of [1, 2]) {
    log.push(await g());
    async function g() {
      await null;
      return `g${n}`;
    }
  }
  if (await true) {
    function h() {
      return 'h';
    }
    log.push(h());
  }
  return log;
}
