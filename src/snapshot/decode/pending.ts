/** Stands for an object that can be made only when others exist: a closure, a user type's instance, a closure's prototype. */
export class Pending {
  readonly index: number;

  readonly #brand = true;

  constructor(index: number) {
    this.index = index;
  }

  /** Unlike `instanceof` it asks no Proxy for its prototype. */
  static is(value: unknown): value is Pending {
    return typeof value === 'object' && value !== null && #brand in value && value.#brand;
  }
}
