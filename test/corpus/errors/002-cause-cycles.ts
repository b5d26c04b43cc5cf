export default async function main() {
  const outer: any = new Error('outer');
  const inner = new TypeError('inner', { cause: outer });
  outer.cause = inner;
  const selfish: any = new RangeError('self');
  selfish.cause = selfish;
  const list = new AggregateError([outer, selfish, 'text', undefined], 'all', { cause: inner });
  outer.list = list;
  await null;
  return [outer.cause === inner, (inner.cause as any).list.errors[0] === outer, selfish.cause === selfish, list.errors.length, Object.getOwnPropertyDescriptor(inner, 'cause')!.enumerable];
}
