async function* source(log: string[]) {
  try {
    for (let n = 0; ; n++) yield n;
  } finally {
    await null;
    log.push('source closed');
  }
}

export default async function main() {
  const log: string[] = [];
  const run = async (how: string) => {
    try {
      for await (const n of source(log)) {
        try {
          if (n === 0) continue;
          if (how === 'return') return `r${n}`;
          if (how === 'throw') throw new Error('t');
          break;
        } finally {
          await null;
          log.push(`inner ${n}`);
        }
      }
      return 'broke';
    } catch (error) {
      return (error as Error).message;
    } finally {
      log.push(`outer ${how}`);
    }
  };
  for (const how of ['return', 'throw', 'break']) log.push(await run(how));
  return log;
}
