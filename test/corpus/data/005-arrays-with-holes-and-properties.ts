export default async function main() {
  const sparse: any[] = [];
  sparse[5] = 'five';
  sparse[100] = 'hundred';
  const long = new Array(3);
  const trailing = [1, , ,];
  const decorated: any = [1, 2];
  decorated.name = 'decorated';
  decorated[-1] = 'minus one';
  decorated[Symbol.for('s')] = 'symbol';
  await null;
  sparse.push('end');
  return { sparse, long, trailing, decorated, keys: Object.keys(sparse) };
}
