export default async function main() {
  let a: any = { name: 'first', list: ['f0', 'f1'] };
  const r = [
    a.list[await ((a = { name: 'second', list: ['s0', 's1'] }), 1)],
    a.list[await ((a = { name: 'third', list: ['t0'] }), 0)] + a.name,
    a[(await 'list')]!.length,
  ];
  return r;
}
