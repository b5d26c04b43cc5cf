type Constructor<T = object> = new (...args: any[]) => T;
function Countable<B extends Constructor>(Base: B) {
  return class extends Base {
    #count = 0;
    up(): number {
      return ++this.#count;
    }
  };
}
class Gauge extends Countable(Object) {
  constructor(readonly name: string) {
    super();
    Gauge.all.push(this);
  }
  static readonly all: Gauge[] = [];
  static find = (name: string) => Gauge.all.find((gauge) => gauge.name === name);
}
const cpu = new Gauge('cpu');
const byName = new Map([['cpu', cpu], ['mem', new Gauge('mem')]]);
cpu.up();

export default async function run() {
  cpu.up();
  byName.get('mem')!.up();
  await null;
  const disk = new Gauge('disk');
  disk.up();
  const values = [cpu.up(), Gauge.find('cpu') === cpu, byName.get('mem') === Gauge.find('mem'), Gauge.all.length];
  await null;
  return [values, cpu.up(), Gauge.find('mem')!.up(), disk.up(), Gauge.all.map(({ name }) => name), cpu instanceof Gauge];
}
