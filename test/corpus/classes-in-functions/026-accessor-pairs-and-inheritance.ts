export default async function main(): Promise<unknown> {
  const scale = { by: 10 };
  class Meter {
    protected raw = 1;
    get value() {
      return this.raw * scale.by;
    }
    set value(next: number) {
      this.raw = next / scale.by;
    }
    static get scale() {
      return scale.by;
    }
    static set scale(next: number) {
      scale.by = next;
    }
  }
  class Loud extends Meter {
    override get value() {
      return super.value + 0.5;
    }
    override set value(next: number) {
      super.value = next * 2;
    }
  }
  const loud = new Loud();
  loud.value = 50;
  await null;
  const before = loud.value;
  Loud.scale = 100;
  await null;
  loud.value = 100;
  await null;
  return [before, loud.value, Meter.scale, Object.hasOwn(Loud, 'scale'), scale];
}
