const DETAIL = Symbol('detail');

export default async function main() {
  let reads = 0;
  const error: any = new TypeError('m');
  error[DETAIL] = { deep: error };
  Object.defineProperty(error, 'count', { get: () => ++reads, enumerable: true, configurable: true });
  Object.defineProperty(error, 'code', { value: 'E_CODE', enumerable: false });
  await null;
  return [error[DETAIL].deep === error, error.count, error.count, reads, error.code, Object.keys(error), error.propertyIsEnumerable('code')];
}
