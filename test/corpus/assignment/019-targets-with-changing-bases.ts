/** The base and key of a target are taken before the value is awaited, whatever becomes of the variables meanwhile. */
export default async function main() {
  let box: any = { name: 'first', n: 1, list: [1, 2, 3] };
  const first = box;
  let key = 'n';
  const change = async (value: number) => {
    await null;
    box = { name: `after ${value}`, n: 100, list: [0] };
    key = 'other';
    return value;
  };
  const log: unknown[] = [];
  log.push((box[key] += await change(5)), { ...first }, key);
  box = first;
  key = 'n';
  log.push((box[key] ??= await change(9)), (box.missing ||= await change(2)), box.name);
  box = first;
  let index = 0;
  box.list[index++] = box.list[index++] + (await change(10)) + index;
  log.push(first.list, index, box.name);
  box = first;
  [box.a, box.list[await 2]] = [await change(3), await 4];
  log.push(first.list, first.a, box.a);
  box = first;
  const { length = (box.n = -1) } = (box.list = await Promise.resolve([7, 7]));
  log.push(length, first);
  return log;
}
