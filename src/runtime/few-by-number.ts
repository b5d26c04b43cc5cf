/**
 * Values by number, in the order in which they were added: a Map for tables that mostly hold one entry or none, of which there are two
 * for each instance. An empty Map takes 200 bytes, and a million instances may sleep.
 *
 * Invariant: the entry in the fields, if there is one, was added before all that are in the map.
 */
const NONE = -1;

export class FewByNumber<T> {
  #number = NONE;
  #value: T | undefined = undefined;
  #others: Map<number, T> | undefined = undefined;

  get size(): number {
    return (this.#number === NONE ? 0 : 1) + (this.#others === undefined ? 0 : this.#others.size);
  }

  get(number: number): T | undefined {
    return number === this.#number ? this.#value : this.#others?.get(number);
  }

  /** @param number not negative */
  set(number: number, value: T): void {
    const isFirst = number === this.#number || (this.#number === NONE && this.#others === undefined);
    if (!isFirst) {
      (this.#others ??= new Map()).set(number, value);
      return;
    }
    this.#number = number;
    this.#value = value;
  }

  delete(number: number): void {
    if (number === this.#number) {
      this.#number = NONE;
      this.#value = undefined;
      return;
    }
    if (this.#others?.delete(number) === true && this.#others.size === 0) this.#others = undefined;
  }

  /** What is in it now. */
  numbers(): number[] {
    const numbers = this.#number === NONE ? [] : [this.#number];
    if (this.#others !== undefined) for (const number of this.#others.keys()) numbers.push(number);
    return numbers;
  }

  /** What is in it now. */
  values(): T[] {
    const values = this.#number === NONE ? [] : [this.#value as T];
    if (this.#others !== undefined) for (const value of this.#others.values()) values.push(value);
    return values;
  }
}
