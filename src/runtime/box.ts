/** A variable that closures share. */
export class Box {
  v: unknown;

  constructor(value?: unknown) {
    this.v = value;
  }
}
