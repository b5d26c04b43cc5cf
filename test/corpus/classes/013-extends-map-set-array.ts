class DefaultMap<K, V> extends Map<K, V> {
  hits = 0;
  constructor(private make: (k: K) => V, entries?: [K, V][]) {
    super(entries);
  }
  override get(k: K): V {
    this.hits++;
    if (!this.has(k)) this.set(k, this.make(k));
    return super.get(k)!;
  }
}
class Stack<T> extends Array<T> {
  label = 'stack';
  peek() { return this[this.length - 1]; }
}
class Tags extends Set<string> {
  override add(tag: string) { return super.add(tag.toLowerCase()); }
}
export default async function main() {
  const map = new DefaultMap((k: string) => k.length, [['seed', 4]]);
  const stack = new Stack<number>();
  stack.push(1, 2);
  const tags = new Tags(['A']);
  await null;
  map.get('hello');
  stack.push(3);
  tags.add('B');
  await null;
  const mapped = stack.map((x) => x * 2);
  return {
    size: map.size, hits: map.hits, value: map.get('seed'), isMap: map instanceof DefaultMap,
    stack, peek: stack.peek(), mapped: [mapped instanceof Stack, mapped.peek()], tags,
  };
}
