const forms = {
  async *plain() {
    return 1;
  },
  async *promise() {
    return Promise.resolve(1);
  },
  async *nothing() {
    return;
  },
  async *end() {},
  async *thrower() {
    throw 'x';
  },
  async *awaited() {
    return await Promise.resolve(1);
  },
};

export default async function main() {
  const log: string[] = [];
  const ticks = async () => {
    for (let n = 0; n < 10; n++) {
      log.push(`t${n}`);
      await null;
    }
  };
  const all = Object.entries(forms).map(([name, make]) =>
    make()
      .next()
      .then(
        (result: IteratorResult<unknown>) => log.push(`${name} ${JSON.stringify(result)}`),
        (error: unknown) => log.push(`${name} ${String(error)}`),
      ),
  );
  await Promise.all([ticks(), ...all]);
  return log;
}
