export default async function run() {
  const log: string[] = [];
  const walk = async (plan: string): Promise<string> => {
    let rounds = 0;
    outer: for (const [at, step] of [...plan].entries()) {
      block: {
        try {
          middle: do {
            try {
              rounds++;
              await null;
              if (step === 'c') continue outer;
              if (step === 'b') break block;
              if (step === 'm') break middle;
              if (step === 'x') break outer;
              if (step === 'r') return `returned at ${at}`;
              if (step === 't') throw new Error(`thrown at ${at}`);
              log.push(`${step} went through`);
            } finally {
              log.push(`inner ${step}`);
              await null;
              if (step === 'o') continue outer;
              if (step === 'O') break outer;
            }
            log.push('after inner');
          } while (false);
          log.push('after middle');
        } catch (error) {
          log.push(`caught ${(error as Error).message}`);
          if (plan.endsWith('!')) throw error;
        } finally {
          log.push(`outer ${step}`);
          if (step === 'r' && plan.includes('o')) break block;
        }
        log.push('end of block');
      }
      log.push('end of round');
    }
    return `${rounds} rounds`;
  };
  const results: string[] = [];
  for (const plan of ['acb', 'mxa', 'ar', 'ort', 'tO', 't!', 'brc'])
    results.push(await walk(plan).catch((error: Error) => `failed: ${error.message}`));
  return [results, log];
}
