class Config {
  static defaults = { depth: 1 };
  static #hidden = 'h';
  static list: string[] = [];
  static {
    this.list.push('static block', Config.#hidden);
  }
  static hidden() { return this.#hidden; }
  value = Config.defaults.depth + 1;
  ['computed ' + 'field'] = 'c';
  'quoted' = 'q';
  42 = 'number key';
  declared?: string;
}
export default async function main() {
  const c = new Config();
  await null;
  return { c, list: Config.list, hidden: Config.hidden(), has: 'declared' in c };
}
