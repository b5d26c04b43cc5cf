async function v(log: string[], s: string) {
  log.push(s);
  return s;
}
export default async function main() {
  const log: string[] = [];
  const result = {
    list: [await v(log, 'a'), { x: [await v(log, 'b'), ...(await v(log, 'cd'))], y: `${await v(log, 'e')}${(await v(log, 'f')) + (await v(log, 'g'))}` }],
    call: Math.max(...[await v(log, '3'), await v(log, '9')].map(Number), Number(await v(log, '7'))),
    nested: [[[await v(log, 'deep')]]],
  };
  return { log, result };
}
