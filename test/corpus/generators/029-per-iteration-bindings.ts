function* makers(): Generator<() => number> {
  for (let n = 0; n < 3; n++) {
    yield () => n++;
  }
  for (const k of [10, 20]) yield () => k;
  let shared = 100;
  while (shared < 102) {
    const fixed = shared++;
    yield () => fixed + shared;
  }
}

export default async function main() {
  const functions: (() => number)[] = [];
  for (const fn of makers()) {
    await null;
    functions.push(fn);
  }
  await null;
  return [functions.map((fn) => fn()), functions.map((fn) => fn())];
}
