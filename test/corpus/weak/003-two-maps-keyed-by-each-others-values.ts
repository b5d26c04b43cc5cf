export default async function main() {
  const left = new WeakMap<object, object>();
  const right = new WeakMap<object, object>();
  const root = { id: 'root' };
  const middle = { id: 'middle' };
  const end: any = { id: 'end' };
  left.set(root, middle);
  right.set(middle, end);
  left.set(end, root);
  end.back = left;
  const held = { root, left, right };
  await null;
  const found: any = held.right.get(held.left.get(held.root)!);
  return [found.id, found.back === held.left, held.left.get(found) === held.root];
}
