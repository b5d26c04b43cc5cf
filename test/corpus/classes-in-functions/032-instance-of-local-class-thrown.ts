export default async function main(): Promise<unknown> {
  class Retry extends Error {
    constructor(
      readonly after: number,
      options?: ErrorOptions,
    ) {
      super(`retry after ${after}`, options);
      this.name = new.target.name;
    }
  }
  class Fatal extends Retry {}
  const log: unknown[] = [];
  const work = async (attempt: number) => {
    await null;
    if (attempt < 2) throw new Retry(attempt * 10, { cause: new Fatal(attempt) });
    if (attempt === 2) throw new Fatal(99);
    return attempt;
  };
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      log.push(await work(attempt));
    } catch (error) {
      await null;
      if (!(error instanceof Retry)) throw error;
      log.push([error.name, error.message, error.after, error instanceof Fatal, error.cause instanceof Fatal]);
    }
  }
  return log;
}
