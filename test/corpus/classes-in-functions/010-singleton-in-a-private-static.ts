export default async function main(): Promise<unknown> {
  class Config {
    static #instance: Config | undefined = undefined;
    static self = new Config();
    values = new Map<string, number>();
    static get() {
      return (Config.#instance ??= new Config());
    }
  }
  Config.get().values.set('a', 1);
  await null;
  const held = Config.get();
  held.values.set('b', 2);
  await null;
  return [held === Config.get(), [...Config.get().values], Config.self instanceof Config, Config.self === held];
}
