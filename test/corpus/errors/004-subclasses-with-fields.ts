class HttpError extends Error {
  override name = 'HttpError';
  readonly #secret: string;
  status: number;

  constructor(status: number, options?: ErrorOptions) {
    super(`status ${status}`, options);
    this.status = status;
    this.#secret = `secret ${status}`;
  }

  get secret(): string {
    return this.#secret;
  }
}

class NotFound extends HttpError {
  path: string;
  constructor(path: string, cause: unknown) {
    super(404, { cause });
    this.path = path;
  }
}

export default async function main() {
  const error = new NotFound('/x', new HttpError(500));
  await null;
  try {
    await Promise.reject(error);
  } catch (caught: any) {
    await null;
    return [caught === error, caught.path, caught.status, caught.secret, caught.cause.secret, String(caught), caught instanceof HttpError, caught instanceof NotFound, caught.constructor.name, Object.keys(caught)];
  }
  return 'not thrown';
}
