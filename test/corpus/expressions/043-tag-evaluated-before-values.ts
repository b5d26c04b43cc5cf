type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}
async function later<T>(log: Log, name: string, value: T): Promise<T> {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  return value;
}

export default async function main() {
  const log: Log = [];
  const holder: any = { tag: (s: TemplateStringsArray, v: string) => `old ${s[0]} ${v}` };
  const result = holder.tag`text${await later(log, 'value', ((holder.tag = () => 'new'), 'v'))}`;
  return { log, result, after: holder.tag`x${await 1}` };
}
