/** Which slots have which request number. Nearly always one each, so one number is kept and not a list. */
export class RequestIndex {
  readonly #slots = new Map<number, number | readonly number[]>();

  slots(request: number): readonly number[] {
    const found = this.#slots.get(request);
    return found === undefined ? [] : typeof found === 'number' ? [found] : found;
  }

  add(request: number, slot: number): void {
    const found = this.#slots.get(request);
    if (found === undefined) this.#slots.set(request, slot);
    else if (typeof found !== 'number') this.#slots.set(request, [...found, slot]);
    else if (found !== slot) this.#slots.set(request, [found, slot]);
  }

  remove(request: number, slot: number): void {
    const found = this.#slots.get(request);
    if (found === slot) this.#slots.delete(request);
    if (found === undefined || typeof found === 'number') return;
    const left = found.filter((other) => other !== slot);
    if (left.length === 1 && left[0] !== undefined) this.#slots.set(request, left[0]);
    else this.#slots.set(request, left);
  }
}
