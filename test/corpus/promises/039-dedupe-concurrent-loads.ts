/** A cache of promises: concurrent readers share one load, failures are forgotten. */
export default async function main() {
  const loads: string[] = [];
  const cache = new Map<string, Promise<string>>();
  const load = async (key: string): Promise<string> => {
    loads.push(key);
    await null;
    if (key === 'bad' && loads.filter((each) => each === 'bad').length === 1) throw new Error('first time');
    return key.toUpperCase();
  };
  const get = (key: string): Promise<string> => {
    let entry = cache.get(key);
    if (!entry) {
      entry = load(key);
      cache.set(key, entry);
      entry.catch(() => cache.delete(key));
    }
    return entry;
  };
  const first = await Promise.allSettled([get('a'), get('a'), get('bad'), get('bad')]);
  const second = await Promise.all([get('a'), get('bad')]);
  return { first: first.map(({ status }) => status), second, loads };
}
