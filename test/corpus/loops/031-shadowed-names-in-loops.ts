export default async function main() {
  const log: string[] = [];
  const i = 'outer';
  for (let i = 0; i < 2; i++) {
    log.push(`head ${i}`);
    {
      let i = await 'block';
      i += '!';
      log.push(i);
      for (const i of ['innermost']) log.push(await i);
    }
    log.push(`tail ${i}`);
  }
  log.push(i);
  return log;
}
