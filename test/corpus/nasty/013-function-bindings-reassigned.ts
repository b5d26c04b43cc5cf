export default async function main() {
  const log: unknown[] = [];
  function f(): string { return 'first f'; }
  const read = () => f();
  log.push(read());
  await null;
  // @ts-ignore
  f = () => 'second f';
  log.push(read(), f());
  async function g(a: any) {
    {
      function a() { return 'inner'; }
      await null;
      log.push(a());
    }
    return [typeof a, a];
  }
  log.push(...(await g('argument')));
  {
    function h() { return 'h1'; }
    await null;
    // @ts-ignore
    h = () => 'h2';
    log.push(h());
  }
  return log;
}
