class Branded {
  #brand = 1;
  static find(list: object[]): unknown[] {
    const found: unknown[] = [];
    for (let has = (#brand in list[0]!), index = 0; index < list.length; has = #brand in (list[++index] ?? {})) found.push(has);
    for (let pick = () => (#brand in list[0]! ? 'first' : 'none'), once = true; once; once = false) found.push(pick());
    return found;
  }
  static async later(value: object): Promise<boolean> {
    for (let has = (#brand in value) || (await null), n = 0; n < 1; n++) {
      await null;
      return has === true;
    }
    return false;
  }
  touch(): number {
    return this.#brand++;
  }
}

export default async function run() {
  return [Branded.find([new Branded(), {}, new Branded()]), await Branded.later(new Branded()), await Branded.later({})];
}
