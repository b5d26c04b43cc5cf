async function hoisted(flag: boolean) {
  const log: unknown[] = [v, typeof f];
  await null;
  if (flag) {
    var v: any = await 1;
    log.push(v);
  }
  for (var i = 0; i < 2; i++) await null;
  try {
    throw 1;
  } catch (e) {
    var v: any = await 'in catch';
  }
  log.push(v, i, f());
  return log;
  function f() {
    return `f sees ${v}`;
  }
}
export default async function main() {
  return [await hoisted(true), await hoisted(false)];
}
