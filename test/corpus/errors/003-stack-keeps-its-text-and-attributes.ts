export default async function main() {
  const plain = new Error('plain');
  const changed = new Error('changed');
  changed.stack = 'my own stack';
  const without = new Error('without');
  delete without.stack;
  const captured: any = {};
  Error.captureStackTrace(captured);
  const before = plain.stack;
  await null;
  const shape = (value: object) => {
    const property = Object.getOwnPropertyDescriptor(value, 'stack');
    return property && [property.enumerable, property.configurable];
  };
  return {
    same: plain.stack === before,
    first: plain.stack!.split('\n')[0],
    changed: changed.stack,
    without: [without.stack, Object.hasOwn(without, 'stack')],
    captured: captured.stack.split('\n')[0],
    shapes: [shape(plain), shape(changed), shape(captured)],
  };
}
