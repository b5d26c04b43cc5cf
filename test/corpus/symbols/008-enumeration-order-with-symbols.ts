const LAST = Symbol('last');

export default async function main() {
  const object: any = { b: 1, [LAST]: 2, 1: 3 };
  const local = Symbol('local');
  object[local] = 4;
  object.a = 5;
  Object.defineProperty(object, Symbol.for('hidden'), { value: 6 });
  await null;
  delete object[LAST];
  object[LAST] = 7;
  await null;
  return [Reflect.ownKeys(object).map(String), Object.entries(object), JSON.stringify(object), Object.getOwnPropertySymbols({ ...object }).map(String), Object.assign({}, object)[LAST]];
}
