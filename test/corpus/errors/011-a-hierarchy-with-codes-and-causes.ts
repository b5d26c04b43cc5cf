/** Errors that wrap each other on their way through layers; the caller decides by class, code and root cause. */
class AppError extends Error {
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.name = new.target.name;
  }
  get root(): unknown {
    let at: unknown = this;
    while (at instanceof Error && at.cause !== undefined) at = at.cause;
    return at;
  }
  toJSON() {
    return { name: this.name, code: this.code, message: this.message };
  }
}
class NotFound extends AppError {}
class Denied extends AppError {
  readonly by: string[] = [];
}
const layer = async <T>(code: string, action: () => Promise<T>): Promise<T> => {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Denied) {
      error.by.push(code);
      throw error;
    }
    throw new AppError(code, `in ${code}`, error);
  }
};
export default async function main() {
  const fail = async (error: unknown) => {
    await null;
    throw error;
  };
  const outcomes: unknown[] = [];
  for (const error of [new NotFound('E404', 'no user'), new Denied('E403', 'not you'), 'a text', new RangeError('raw')]) {
    try {
      await layer('api', () => layer('service', () => layer('store', () => fail(error))));
    } catch (caught) {
      const { root } = caught as AppError;
      outcomes.push([JSON.stringify(caught), root === error || caught === error, (caught as Denied).by ?? null, Object.keys(caught as object)]);
    }
  }
  return outcomes;
}
