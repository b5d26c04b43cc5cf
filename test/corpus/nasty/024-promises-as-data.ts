export default async function main() {
  const pending = Promise.withResolvers<string>();
  const held: any = { done: Promise.resolve(1), failed: Promise.reject(new Error('kept')), pending: pending.promise, map: new Map([['p', pending.promise]]), list: [Promise.resolve(2), 3] };
  held.failed.catch(() => {});
  held.cycle = Promise.resolve(held);
  await null;
  await null;
  pending.resolve('late');
  const all = await Promise.allSettled([held.done, held.failed, held.pending, ...held.list]);
  return { all, same: held.map.get('p') === held.pending, cyclic: (await held.cycle) === held, instance: held.done instanceof Promise };
}
