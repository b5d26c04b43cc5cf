export default async function main() {
  const paths: string[] = [];
  const made = new WeakMap<object, object>();
  function watch<T extends object>(target: T, path: string): T {
    const known = made.get(target);
    if (known) return known as T;
    const proxy = new Proxy(target, {
      get(object: any, key) {
        const value = object[key];
        return typeof value === 'object' && value !== null ? watch(value, `${path}.${String(key)}`) : value;
      },
      set: (object: any, key, value) => (paths.push(`${path}.${String(key)}=${value}`), (object[key] = value), true),
    });
    made.set(target, proxy);
    return proxy;
  }
  const state = watch({ user: { name: 'a', tags: ['x'] }, n: 1 }, 'state');
  state.user.name = 'b';
  await null;
  state.user.tags[1] = 'y';
  const same = state.user === state.user;
  await null;
  state.n++;
  return { paths, same, json: JSON.stringify(state) };
}
