let nextId = 1;
let connection: Promise<{ id: number }> | undefined;
const newId = () => nextId++;
async function connect() {
  const id = newId();
  await null;
  return { id };
}
const shared = () => (connection ??= connect());
export default async function main() {
  const [a, b] = await Promise.all([shared(), shared()]);
  const c = await shared();
  return { same: a === b && b === c, a, nextId, more: [newId(), newId()] };
}
