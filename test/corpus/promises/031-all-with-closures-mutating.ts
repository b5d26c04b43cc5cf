export default async function main() {
  const state = { count: 0, order: [] as number[] };
  const tasks = Array.from({ length: 6 }, (_, i) => async () => {
    const mine = state.count++;
    for (let k = 0; k < 6 - i; k++) await null;
    state.order.push(i);
    return mine;
  });
  const results = await Promise.all(tasks.map((t) => t()));
  return { results, state };
}
