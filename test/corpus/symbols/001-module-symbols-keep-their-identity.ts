const KEY = Symbol('key');
const OTHER = Symbol('key');
const table = Object.freeze({ [KEY]: 'table' });

class Tagged {
  static readonly [OTHER] = 'static';
  [KEY] = 'field';
  get [OTHER](): string {
    return 'getter';
  }
}

export default async function main() {
  const object: any = { [KEY]: 1, [OTHER]: 2 };
  const tagged = new Tagged();
  const map = new Map<symbol, string>([[KEY, 'k'], [OTHER, 'o']]);
  const held = [KEY, OTHER];
  await null;
  return [object[KEY], object[OTHER], tagged[KEY], tagged[OTHER], Tagged[OTHER], table[KEY], map.get(KEY), map.get(OTHER), held[0] === KEY, held[1] === OTHER, KEY !== OTHER];
}
