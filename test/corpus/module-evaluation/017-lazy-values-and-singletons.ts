const log: string[] = [];
function lazy<T>(make: () => T) {
  let state: { value: T } | undefined;
  return { get: () => (state ??= { value: make() }).value, reset: () => void (state = undefined) };
}
class Config {
  private static instance: Config | undefined;
  readonly values = new Map<string, string>();
  static get(): Config {
    return (Config.instance ??= (log.push('config made'), new Config()));
  }
}
const tables = lazy(() => (log.push('tables made'), { rows: [] as string[] }));
const config = lazy(() => Config.get());
const chained = lazy(() => ({ tables: tables.get(), config: config.get() }));

export default async function run() {
  tables.get().rows.push('r1');
  await null;
  chained.get().config.values.set('k', 'v');
  await null;
  const same = chained.get().tables === tables.get();
  tables.reset();
  await null;
  tables.get().rows.push('r2');
  await null;
  return [same, chained.get().tables.rows, tables.get().rows, Config.get() === config.get(), [...config.get().values], log];
}
