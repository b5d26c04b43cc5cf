// The discriminant stands outside of the scope of the cases, also when their variables are captured by closures.
import { checkpoint } from 'waymark';

function choose(kind: { key: number }): string {
  let key = 7;
  const outer = () => key;
  switch (({ key } = kind), key) {
    case 3: {
      return `three ${outer()}`;
    }
    case 4:
      let [inner, key2] = [() => key2, 40];
      return `four ${inner()} ${outer()}`;
    default:
      return `other ${outer()}`;
  }
}

function shadowed(then: number): unknown {
  switch (then) {
    case 1:
      let [first] = [() => then];
      return first();
    case 2: {
      const then = 'inner';
      return (() => then)();
    }
    default:
      return 'none';
  }
}

function sameName(value: number): unknown {
  const seen: unknown[] = [];
  switch (seen.push(value), value) {
    case 5:
      let value = seen.length;
      seen.push(() => value);
      value += 1;
      return (seen[1] as () => number)();
    default:
      return seen;
  }
}

export default async function main() {
  const results = [choose({ key: 3 }), choose({ key: 4 }), choose({ key: 9 })];
  await checkpoint();
  return [...results, shadowed(1), shadowed(2), shadowed(3), sameName(5), sameName(6)];
}
