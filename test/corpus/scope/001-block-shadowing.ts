export default async function main() {
  const log: unknown[] = [];
  let x: any = 1;
  {
    let x: any = await 2;
    {
      const x = await 3;
      log.push(x);
    }
    log.push(x);
    x = 20;
    await null;
    log.push(x);
  }
  log.push(x);
  if (true) {
    var v: any = await 'var';
    let x = 'if';
    log.push(x);
  }
  log.push(v, x);
  return log;
}
