/** `for-in` loops that contain a suspension point. */
import type { Iteration } from '../frame-abi.ts';

/** `for-in`: keys in the order of EnumerateObjectProperties; those deleted before their turn are skipped. */
export class KeyIteration implements Iteration {
  object: object;
  keys: string[];
  index = 0;
  value: unknown = undefined;

  constructor(object: object, keys: string[]) {
    this.object = object;
    this.keys = keys;
  }

  next(): boolean {
    while (this.index < this.keys.length) {
      const key = this.keys[this.index++]!;
      if (!(key in this.object)) continue;
      this.value = key;
      return true;
    }
    this.value = undefined;
    return false;
  }

  close(): void {
    this.keys = [];
  }

  fail(): void {
    this.keys = [];
  }
}

export function enumerate(value: unknown): Iteration {
  if (value === undefined || value === null) return new KeyIteration({}, []);
  const object = Object(value) as object;
  const keys: string[] = [];
  // oxlint-disable-next-line guard-for-in -- inherited keys are part of it
  for (const key in object) keys.push(key);
  return new KeyIteration(object, keys);
}
