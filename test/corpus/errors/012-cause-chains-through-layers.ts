class LayerError extends Error {
  readonly layer: string;
  readonly at: number;
  static count = 0;
  constructor(layer: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.layer = layer;
    this.at = ++LayerError.count;
    Object.defineProperty(this, 'name', { value: `${new.target.name}(${layer})`, configurable: true });
  }
  get chain(): string[] {
    const lines = [`${this.name} #${this.at}: ${this.message}`];
    let cause: unknown = this.cause;
    while (cause !== undefined) {
      lines.push(`${cause}`);
      cause = (cause as Error).cause;
    }
    return lines;
  }
}
class NotFound extends LayerError {}
const wrap =
  <A extends unknown[], R>(layer: string, work: (...args: A) => Promise<R>, only: new (...a: any[]) => Error = Error) =>
  async (...args: A): Promise<R> => {
    try {
      return await work(...args);
    } catch (error) {
      if (!(error instanceof only)) throw error;
      throw new LayerError(layer, `${layer}(${args.join()}) failed`, error);
    }
  };
const database = async (id: number): Promise<string> => {
  await null;
  if (id === 0) throw new NotFound('db', 'no row');
  if (id === 1) throw new RangeError('disk', { cause: { toString: () => 'plain object', cause: 'text' } });
  if (id === 2) throw 'a text';
  return `row ${id}`;
};
const repository = wrap('repository', database, RangeError);
const service = wrap('service', async (id: number) => (await repository(id)).toUpperCase(), NotFound);
const handler = wrap('handler', (...ids: number[]) => Promise.all(ids.map((id) => service(id))));
export default async function run() {
  const results: unknown[] = [];
  for (const ids of [[3, 4], [0], [5, 1], [2]]) {
    try {
      results.push(await handler(...ids));
    } catch (error) {
      const known = error instanceof LayerError;
      results.push(known ? [error.chain, error instanceof NotFound, Object.keys(error), error.layer] : error);
    }
  }
  const direct = await service(0).catch((error: LayerError) => error);
  await null;
  results.push((direct as LayerError).chain, (direct as LayerError).cause instanceof NotFound, Object.prototype.toString.call(direct));
  return results;
}
