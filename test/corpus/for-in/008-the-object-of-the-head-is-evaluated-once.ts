/** The head may suspend, is evaluated once, and sees the outer variable of the same name in its dead zone. */
export default async function main() {
  let calls = 0;
  const make = async () => (calls++, await null, { p: 1, q: 2 });
  const seen: string[] = [];
  for (const key in await make()) {
    await null;
    seen.push(key);
  }
  let error: unknown;
  try {
    for (const inner in { [(inner as unknown as string) ?? 'x']: 1 }) {
      await null;
      seen.push(inner);
    }
  } catch (thrown) {
    error = (thrown as Error).constructor.name;
  }
  let object: Record<string, number> = { first: 1, second: 2 };
  for (const key in object) {
    object = { other: 3 };
    await null;
    seen.push(key in object ? key : `not ${key}`);
  }
  return { calls, seen, error };
}
