export default async function main() {
  const tasks: (() => Promise<string>)[] = [];
  for (let i = 0; i < 3; i++) {
    let local = i * 10;
    tasks.push(async () => {
      local++;
      await null;
      return `${i}:${local}`;
    });
    await null;
  }
  const once = await Promise.all(tasks.map((t) => t()));
  const again: string[] = [];
  for (const t of tasks) again.push(await t());
  return { once, again };
}
