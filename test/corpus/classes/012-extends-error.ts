class AppError extends Error {
  override name = 'AppError';
  constructor(message: string, readonly status: number, options?: ErrorOptions) {
    super(message, options);
  }
  get isClient() { return this.status < 500; }
}
class NotFound extends AppError {
  #what: string;
  constructor(what: string) {
    super(`${what} not found`, 404, { cause: new RangeError(what) });
    this.#what = what;
  }
  what() { return this.#what; }
}
export default async function main() {
  let kept: any;
  try {
    await null;
    throw new NotFound('page');
  } catch (error) {
    kept = error;
  }
  await null;
  return { kept, is: [kept instanceof NotFound, kept instanceof AppError, kept instanceof Error], isClient: kept.isClient, what: kept.what(), text: String(kept), stack: typeof kept.stack };
}
