export default async function main() {
  const error = new TypeError('bad');
  const r = await Promise.allSettled([Promise.resolve(1), Promise.reject(error), 3, (async () => { await null; throw 'text'; })()]);
  return { r, empty: await Promise.allSettled([]), same: (r[1] as any).reason === error };
}
