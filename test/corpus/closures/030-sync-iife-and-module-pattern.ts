const counter = (() => {
  let n = 0;
  return { up: () => ++n, get value() { return n; } };
})();
export default async function main() {
  const local = (() => {
    let n = 100;
    return { up: () => ++n, down: async () => (await null, --n) };
  })();
  counter.up();
  local.up();
  await null;
  counter.up();
  return [counter.value, local.up(), await local.down(), local.up()];
}
