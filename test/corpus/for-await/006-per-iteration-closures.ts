async function* numbers() {
  for (let n = 0; n < 3; n++) yield n;
}

export default async function main() {
  const functions: (() => number)[] = [];
  for await (const n of numbers()) functions.push(() => n);
  for await (let n of numbers()) {
    functions.push(() => n++);
    await null;
    n += 10;
  }
  await null;
  return [functions.map((fn) => fn()), functions.map((fn) => fn())];
}
