async function f(a: any, read = () => a) {
  var a: any;
  const before = a;
  a = await 'changed in body';
  return [before, a, read()];
}
async function g(x: any, set = (v: any) => (x = v)) {
  await null;
  set('set by closure');
  return x;
}
async function h(x: any) {
  var x: any;
  const first = x;
  x = await 'assigned';
  return [first, x, arguments[0]];
}
export default async function main() {
  return [await f('parameter'), await g('start'), await h('start')];
}
