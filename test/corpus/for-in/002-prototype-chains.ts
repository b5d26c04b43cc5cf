/** Inherited keys, shadowed ones, hidden ones, deleted from the object so that the prototype's shows, and a changed prototype. */
export default async function main() {
  const root = { r: 1, shared: 1, hidden: 1 };
  const middle = Object.assign(Object.create(root) as object, { m: 1, shared: 2 });
  const object = Object.assign(Object.create(middle) as Record<string, number>, { own: 1, shared: 3, late: 1 });
  Object.defineProperty(object, 'hidden', { value: 0, enumerable: false, configurable: true });
  const first: string[] = [];
  for (const key in object) {
    first.push(key);
    await null;
    if (key === 'own') delete object['shared'];
    if (key === 'late') {
      delete object['hidden'];
      delete (middle as { m?: number }).m;
    }
  }
  const second: string[] = [];
  for (const key in object) {
    second.push(`${key}=${object[key]}`);
    if (key === 'own') Object.setPrototypeOf(object, { late: 9, shared: 8 });
    await null;
  }
  const none: string[] = [];
  for (const key in Object.create(null) as object) none.push(key);
  return { first, second, none };
}
