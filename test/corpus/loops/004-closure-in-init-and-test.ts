export default async function main() {
  const inits: (() => number)[] = [];
  const tests: (() => number)[] = [];
  const updates: (() => number)[] = [];
  const bodies: (() => number)[] = [];
  for (let i = (inits.push(() => i), 0); tests.push(() => i), (await i) < 3; updates.push(() => i), i++) {
    bodies.push(() => i);
    await null;
  }
  const read = (fs: (() => number)[]) => fs.map((f) => f());
  return { inits: read(inits), tests: read(tests), updates: read(updates), bodies: read(bodies) };
}
