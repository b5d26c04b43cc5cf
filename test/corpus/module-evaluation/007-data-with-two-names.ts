const list: number[] = [];
const api = { list, add: (n: number) => api.list.push(n) };
const push = list.push.bind(list);
const table = new Map([['a', [1]]]);
const row = table.get('a')!;

export default async function run() {
  api.add(1);
  push(2);
  row.push(5);
  await null;
  const seen = [list.length, list.join(), api.list === list, table.get('a')!.join()];
  api.add(3);
  table.get('a')!.push(6);
  await null;
  return [seen, list.length, list.join(), api.list.length, row.join(), row === table.get('a')];
}
