async function* three(log: string[], name: string) {
  for (let n = 0; n < 3; n++) {
    log.push(`${name} before ${n}`);
    yield n;
    log.push(`${name} after ${n}`);
  }
}

export default async function main() {
  const log: string[] = [];
  const ticks = async () => {
    for (let n = 0; n < 24; n++) {
      log.push(`tick ${n}`);
      await null;
    }
  };
  const consume = async (name: string) => {
    for await (const n of three(log, name)) log.push(`${name} got ${n}`);
    log.push(`${name} end`);
  };
  const manual = async () => {
    const it = three(log, 'm');
    void it.next().then((r) => log.push(`m1 ${r.value}`));
    void it.next().then((r) => log.push(`m2 ${r.value}`));
    void it.return(undefined).then((r) => log.push(`m3 ${r.done}`));
    await it.next().then((r) => log.push(`m4 ${r.done}`));
  };
  await Promise.all([ticks(), consume('a'), consume('b'), manual()]);
  return log;
}
