/** A key that gets hidden, turned into an accessor, frozen or replaced while it waits for its turn. */
export default async function main() {
  const object: Record<string, unknown> = { a: 1, hidden: 1, accessor: 1, z: 1 };
  const seen: unknown[] = [];
  for (const key in object) {
    seen.push([key, object[key]]);
    await null;
    if (key !== 'a') continue;
    Object.defineProperty(object, 'hidden', { enumerable: false });
    Object.defineProperty(object, 'accessor', { get: () => 'got', enumerable: true });
    Object.defineProperty(object, 'new', { value: 1, enumerable: true });
    Object.freeze(object);
  }
  const again: string[] = [];
  for (const key in object) {
    await null;
    again.push(key);
  }
  return { seen, again };
}
