export default async function main() {
  const list = new Proxy([1, 2, 3], {
    get(target, key, receiver) {
      const index = typeof key === 'string' ? Number(key) : NaN;
      return Number.isInteger(index) && index < 0 ? target[target.length + index] : Reflect.get(target, key, receiver);
    },
  });
  await null;
  list.push(4);
  await null;
  return [list[-1], list[-4], list.length, Array.isArray(list), [...list], list.map((each) => each * 2), JSON.stringify(list)];
}
