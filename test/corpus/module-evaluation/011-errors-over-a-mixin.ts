type Constructor<T = object> = new (...args: any[]) => T;
const counts: Record<string, number> = {};
function coded<B extends Constructor<Error>>(Base: B, code: string) {
  return class extends Base {
    readonly code = code;
    #at = (counts[code] = (counts[code] ?? 0) + 1);
    get where(): string {
      return `${this.code}#${this.#at}`;
    }
    static is(value: unknown): boolean {
      return typeof value === 'object' && value !== null && #at in value;
    }
  };
}
class NotFound extends coded(Error, 'E404') {
  override name = 'NotFound';
}
class Gone extends coded(RangeError, 'E410') {}

export default async function run() {
  const caught: unknown[] = [];
  for (const Class of [NotFound, Gone, NotFound]) {
    try {
      await null;
      throw new Class(`lost ${caught.length}`, { cause: caught.at(-1) });
    } catch (error) {
      await null;
      caught.push(error);
    }
  }
  return caught.map((error: any) => [
    error.message, error.where, String(error), NotFound.is(error), Gone.is(error), error instanceof RangeError, error.cause?.where,
    Object.prototype.toString.call(error), error.constructor.name,
  ]).concat([[counts]] as any);
}
