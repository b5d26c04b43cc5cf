/** Random expressions that are numbers, arrays of three numbers or objects `{ a, b }`, whatever they are made of. */
import type { Scope } from './scope.ts';

export function number(scope: Scope, depth = 3): string {
  const { random } = scope;
  if (depth <= 0) return leaf(scope);
  const inner = (): string => number(scope, depth - 1 - random.below(2));
  const place = writable(scope);
  switch (random.below(24)) {
    case 0:
    case 1:
      return leaf(scope);
    case 2:
    case 3:
      return scope.async ? `(await later(${inner()}))` : `note('s', ${inner()})`;
    case 4:
      return scope.async ? `(await ${inner()})` : inner();
    case 5:
      return `note(${random.below(9)}, ${inner()})`;
    case 6:
    case 7:
      return `((${inner()} ${random.pick(['+', '-', '*', '^', '<<'])} ${inner()}) | 0)`;
    case 8:
      return `(${inner()} ${random.pick(['<', '>', '===', '!=='])} ${inner()} ? ${inner()} : ${inner()})`;
    case 9:
      return `(${inner()} ${random.pick(['&&', '||', '??'])} ${inner()})`;
    case 10:
      return `(${inner()}, ${inner()})`;
    case 11:
      return place ? `(${place} = ${inner()})` : inner();
    case 12:
      return place ? `(${place} ${random.pick(['+=', '-=', '&&=', '||=', '??='])} ${inner()})` : inner();
    case 13:
      return place ? random.pick([`${place}++`, `--${place}`, `(${place}--)`]) : inner();
    case 14:
      return `[${inner()}, ...${array(scope, depth - 2)}, ${inner()}][${random.below(5)}]`;
    case 15:
      return `${object(scope, depth - 1)}${random.pick(['.a', '?.a', "['a']", `[note('k', 'b')]`, `?.[${scope.async ? "await 'b'" : "'b'"}]`])}`;
    case 16:
      return `${array(scope, depth - 1)}[${inner()} & 1]`;
    case 17:
      return `\`\${${inner()}}:\${${inner()}}\`.length`;
    case 18: {
      const fn = scope.find('sync');
      return fn ? `${fn}(${inner()})` : inner();
    }
    case 19:
    case 20: {
      const fn = scope.find('async');
      return fn && scope.async ? `(await ${fn}(${inner()}, ${inner()}))` : inner();
    }
    case 21:
      return scope.async
        ? `sum(${inner()}, await ${inner()}, ...${array(scope, depth - 2)}, ${inner()})`
        : `sum(${inner()})`;
    case 22:
      return `tag\`a\${${inner()}}b\${${inner()}}\``;
    default:
      return scope.async
        ? `(await new Cell(${inner()}).${random.pick(['add', 'swap'])}(${inner()}))`
        : `Cell.of(${inner()}).x`;
  }
}

function leaf(scope: Scope): string {
  const { random } = scope;
  if (scope.hasThis && random.chance(25)) return 'this.a';
  const name = random.chance(75) ? scope.find('number') : undefined;
  return name ?? String(random.below(7));
}

/** Something that can be assigned to. */
export function writable(scope: Scope): string | undefined {
  const { random } = scope;
  if (scope.hasThis && random.chance(20)) return 'this.a';
  const object = random.chance(25) ? scope.find('object') : undefined;
  if (object) return `${object}${random.pick(['.a', "['b']", `[note('w', 'a')]`])}`;
  const array = random.chance(20) ? scope.find('array') : undefined;
  if (array) return `${array}[${scope.async && random.chance(50) ? '(await later(1))' : random.below(3)}]`;
  return scope.find('number', true);
}

export function array(scope: Scope, depth = 2): string {
  const { random } = scope;
  const name = random.chance(60) || depth <= 0 ? scope.find('array') : undefined;
  if (name) return name;
  const inner = (): string => number(scope, depth - 1);
  const literal = `[${inner()}, ${inner()}, ${inner()}]`;
  if (depth <= 0 || !scope.async) return literal;
  return random.pick([
    literal,
    `(await later(${literal}))`,
    `(await Promise.all([${inner()}, later(${inner()}), 3]))`,
    `[...new Set([${inner()}, ${inner()}]), 0, 1].slice(0, 3)`,
  ]);
}

export function object(scope: Scope, depth = 2): string {
  const { random } = scope;
  const name = random.chance(60) || depth <= 0 ? scope.find('object') : undefined;
  if (name) return name;
  const inner = (): string => number(scope, depth - 1);
  const literal = `{ a: ${inner()}, b: ${inner()} }`;
  if (depth <= 0) return `(${literal})`;
  return random.pick([
    `(${literal})`,
    `({ ['a']: ${inner()}, ...${object(scope, depth - 1)}, [note('c', 'b')]: ${inner()} })`,
    scope.async ? `(await later(${literal}))` : `(${literal})`,
    scope.async
      ? `({ a: ${inner()}, get b() { return note('g', 2); }, c: await ${inner()} })`
      : `(${literal})`,
  ]);
}
