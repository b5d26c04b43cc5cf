import { AsyncLocalStorage } from 'node:async_hooks';
const storage = new AsyncLocalStorage<string>();
/** Holds while code runs synchronously; what an `await` keeps of it is in the guide. */
export default async function main() {
  const outer = storage.run('outer', () => {
    const inner = storage.run('inner', () => [1, 2].map((n) => `${storage.getStore()} ${n}`));
    return [...inner, storage.getStore()];
  });
  await null;
  return { outer };
}
