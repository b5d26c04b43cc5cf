export default async function main() {
  const p = Promise.resolve(1);
  if (p) throw new EvalError('before any await');
  await p;
}
