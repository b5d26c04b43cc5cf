export default async function main() {
  const held = [process.env, process.argv, process.versions, process.release, process.nextTick, process.hrtime, process.cwd, performance.now, crypto.subtle];
  const again = (): unknown[] => [process.env, process.argv, process.versions, process.release, process.nextTick, process.hrtime, process.cwd, performance.now, crypto.subtle];
  await null;
  return held.map((value, index) => value === again()[index]);
}
