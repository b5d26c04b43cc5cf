export default async function main() {
  const log: string[] = [];
  const pending = new Map<number, { resolve(x: string): void; reject(e: Error): void }>();
  let id = 0;
  const ask = (question: string) => {
    const mine = ++id;
    log.push(`ask ${mine} ${question}`);
    return new Promise<string>((resolve, reject) => pending.set(mine, { resolve, reject })).finally(() => pending.delete(mine));
  };
  const conversation = async () => {
    const name = await ask('name?');
    let age: number | undefined;
    while (age === undefined) {
      try {
        const answer = await ask(`age of ${name}?`);
        if (!/^\d+$/.test(answer)) throw new TypeError('not a number');
        age = Number(answer);
      } catch (error: any) {
        log.push(`again: ${error.message}`);
        if (error.message === 'timeout') return { name, age: null };
      }
    }
    return { name, age };
  };
  const talk = async (answers: (string | Error)[]) => {
    const result = conversation();
    for (const answer of answers) {
      const [key, { resolve, reject }] = [...pending][0]!;
      log.push(`answer ${key}`);
      if (typeof answer === 'string') resolve(answer);
      else reject(answer);
      for (let i = 0; i < 6; i++) await null;
    }
    return result;
  };
  return { a: await talk(['Ann', 'old', '41']), b: await talk(['Bob', new Error('timeout')]), log, left: pending.size };
}
