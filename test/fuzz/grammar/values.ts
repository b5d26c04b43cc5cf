/** Random expressions that are arrays of numbers, objects `{ a, b }`, strings, tests, collections or promises of numbers. */
import { functionExpression } from './functions.ts';
import { number } from './numbers.ts';
import { choose, type Scope } from './scope.ts';

export function array(scope: Scope, depth = 2): string {
  const { random, async } = scope;
  const name = random.chance(60) || depth <= 0 ? scope.find('array') : undefined;
  if (name) return name;
  const inner = (): string => number(scope, depth - 1);
  const literal = (): string => `[${inner()}, ${inner()}, ${inner()}]`;
  if (depth <= 0 || !scope.spend()) return `[${random.below(5)}, ${random.below(5)}, 2]`;
  const made = choose(random, [
    literal,
    literal,
    () => `[${inner()}, , ...${array(scope, depth - 1)}]`,
    () => `[...new Set([${inner()}, ${inner()}]), 0, 1].slice(0, 3)`,
    () => `Array.from(${array(scope, depth - 1)}, ${functionExpression(scope, false, 1)})`,
    () =>
      `${array(scope, depth - 1)}.${random.pick(['toSorted()', 'toReversed()', 'concat(1)', 'slice(1)', 'flat()', `with(0, ${inner()})`])}`,
    () => `[...${object(scope, 1)}.a + 'ab'].map(Number)`,
    () => (async ? `(await later(${literal()}))` : undefined),
    () =>
      async
        ? `(await Promise.all([${inner()}, later(${inner()}), ${promise(scope, depth - 1)}]))`
        : undefined,
    () => {
      const map = scope.find('map');
      return map && `[...${map}.${random.pick(['values', 'keys'])}()]`;
    },
    () => {
      const set = scope.find('set');
      return set && `[...${set}]`;
    },
    () => {
      const fn = scope.find('generator');
      return fn && `[...${fn}(${inner()}, ${inner()})]`;
    },
    () => {
      const found = scope.lookUp('class');
      return found?.info?.isIterable ? `[...new ${found.name}(${inner()})]` : undefined;
    },
    () => `${lazy(scope, depth - 1)}.toArray()`,
    () => `[...${lazy(scope, depth - 1)}]`,
    () => {
      const typed = scope.find('typed');
      return typed && `[...${typed}]`;
    },
    () => `structuredClone(${array(scope, depth - 1)})`,
  ]);
  return made ?? literal();
}

/** An iterator with helpers in front of something. */
export function lazy(scope: Scope, depth: number): string {
  const { random } = scope;
  const fn = scope.find('generator');
  const source = choose(random, [
    () => `${array(scope, depth)}.values()`,
    () => `Iterator.from(list(${array(scope, depth)}))`,
    () => fn && `${fn}(${number(scope, depth)}, 1)`,
  ])!;
  const callback = (): string => functionExpression(scope, false, 1);
  const steps = Array.from({ length: 1 + random.below(2) }, () =>
    random.pick([
      () => `.map(${callback()})`,
      () => `.filter(${callback()})`,
      () => `.take(${1 + random.below(3)})`,
      () => `.drop(1)`,
      () => `.flatMap((v) => [v, ${random.below(5)}])`,
    ])(),
  );
  return `${source}${steps.join('')}`;
}

export function object(scope: Scope, depth = 2): string {
  const { random, async } = scope;
  const name =
    random.chance(60) || depth <= 0 ? scope.find(random.chance(20) ? 'instance' : 'object') : undefined;
  if (name) return name;
  const inner = (): string => number(scope, depth - 1);
  const literal = (): string => `{ a: ${inner()}, b: ${inner()} }`;
  if (depth <= 0 || !scope.spend()) return `({ a: ${random.below(5)}, b: ${random.below(5)} })`;
  const made = choose(random, [
    () => `(${literal()})`,
    () => `({ ['a']: ${inner()}, ...${object(scope, depth - 1)}, [note('c', 'b')]: ${inner()} })`,
    () => `({ a: ${inner()}, get b() { return note('g', 2); }, set b(v) { note('s', v); }, c: ${inner()} })`,
    () => `({ __proto__: ${object(scope, depth - 1)}, a: ${inner()} })`,
    () => `Object.assign(${object(scope, depth - 1)}, ${literal()})`,
    () => `Object.freeze(${literal()})`,
    () => {
      const found = scope.lookUp('class');
      return found && `new ${found.name}(${inner()}, ${inner()})`;
    },
    () => (async ? `(await later(${literal()}))` : undefined),
    () => (async ? `({ a: await ${inner()}, m(x) { return sum(x, this.a); }, b: ${inner()} })` : undefined),
  ]);
  return made ?? `(${literal()})`;
}

/** An expression that is true or false, often enough either. */
export function booleanTest(scope: Scope, depth: number): string {
  const { random } = scope;
  const inner = (): string => number(scope, depth - 1);
  const comparison = (): string =>
    `${inner()} ${random.pick(['<', '>', '===', '!==', '<=', '>=', '==', '!='])} ${inner()}`;
  if (depth <= 0) return `${inner()} > ${random.below(4)}`;
  return choose(random, [
    comparison,
    comparison,
    () => `!(${comparison()})`,
    () => `${inner()} & 1`,
    () =>
      `'${random.pick(['a', 'zz', 'm', 'length'])}' in ${random.chance(50) ? object(scope, depth - 1) : array(scope, depth - 1)}`,
    () => {
      const found = scope.find('class');
      return found && `${object(scope, depth - 1)} instanceof ${found}`;
    },
    () => `${array(scope, depth - 1)} instanceof Array`,
    () => `typeof ${inner()} === '${random.pick(['number', 'undefined', 'string'])}'`,
    () => `Array.isArray(${array(scope, depth - 1)})`,
  ])!;
}

export function text(scope: Scope, depth: number): string {
  const { random } = scope;
  const inner = (): string => number(scope, depth - 1);
  return choose(random, [
    () => `\`\${${inner()}}:\${${inner()}}\``,
    () => `('s' + ${inner()})`,
    () => `String(${inner()})`,
    () => `JSON.stringify(${object(scope, depth - 1)})`,
    () => `${array(scope, depth - 1)}.join('-')`,
    () => `Object.keys(${object(scope, depth - 1)}).join()`,
  ])!;
}

/** Something asked of a map or a set. */
export function collectionNumber(scope: Scope, depth: number): string | undefined {
  const { random } = scope;
  const inner = (): string => number(scope, depth - 1);
  const map = scope.find('map');
  const set = scope.find('set');
  return choose(random, [
    () => map && `(${map}.get(${inner()}) ?? ${inner()})`,
    () => map && `${map}.set(${inner()}, ${inner()}).size`,
    () => map && `Number(${map}.delete(${inner()}))`,
    () => map && `sum(...${map}.values())`,
    () => set && `${set}.add(${inner()}).size`,
    () => set && `Number(${set}.has(${inner()}) || ${set}.delete(${inner()}))`,
    () => set && `sum(...${set})`,
    () => `new Map([[${inner()}, ${inner()}]]).size`,
    () => {
      const regexp = scope.find('regexp');
      return regexp && random.pick([`(${regexp}.exec('abbab')?.index ?? 3)`, `${regexp}.lastIndex`]);
    },
    () => {
      const weak = scope.find('weak');
      const key = scope.find('object') ?? scope.find('instance');
      return (
        weak &&
        key &&
        random.pick([`(${weak}.get(${key}) ?? 1)`, `Number(${weak}.set(${key}, ${inner()}).has(${key}))`])
      );
    },
    () => {
      const typed = scope.find('typed');
      return (
        typed &&
        random.pick([`(${typed}[1] = ${inner()})`, `${typed}.at(-1)`, `(${typed}.set([${inner()}]) ?? 1)`])
      );
    },
  ]);
}

/** A promise of a number. */
export function promise(scope: Scope, depth: number): string {
  const { random, async } = scope;
  const inner = (): string => number(scope, depth - 1);
  const again = (): string => promise(scope, depth - 1);
  const name = random.chance(40) ? scope.find('promise') : undefined;
  if (name) return name;
  if (depth <= 0 || !scope.spend()) return `later(${inner()})`;
  const { receiver, hasArguments } = scope.context;
  const arrowScope = (isAsync: boolean): Scope =>
    scope.functionBody({ async: isAsync, receiver, hasArguments });
  const callback = (): string => functionExpression(scope, random.chance(40), 1);
  const made = choose(random, [
    () => `later(${inner()})`,
    () => `soon(${inner()})`,
    () => `delay(${random.below(5)}, ${inner()})`,
    () => {
      const fn = scope.find('async');
      return fn && `${fn}(${inner()}, ${inner()})`;
    },
    () => {
      const fn = scope.find('async');
      return fn && `${fn}(${inner()})`;
    },
    () => `${again()}.then(${callback()})`,
    () => `${again()}.then(${callback()}, ${callback()})`,
    () => `fail(${inner()}).catch((e) => sum(note('x', e) ? ${number(arrowScope(false), depth - 1)} : 0))`,
    () => `${again()}.finally(${functionExpression(scope, random.chance(50), 0)})`,
    () => `Promise.race([${again()}, ${again()}])`,
    () => `Promise.any([fail(${inner()}), ${again()}, ${again()}])`,
    () => `Promise.all([${again()}, ${inner()}]).then(([x, y]) => sum(x, y))`,
    () => `Promise.allSettled([${again()}, fail(${inner()})]).then((all) => note('settled', all).length)`,
    () => `new Promise((resolve) => { resolve(${random.below(9)}); })`,
    () => `new Promise((resolve) => { queueMicrotask(() => resolve(${random.below(9)})); })`,
    () => `new Promise((resolve, reject) => { setTimeout(reject, 1, 5); }).catch(${callback()})`,
    () => `Promise.resolve(thenable(${inner()}))`,
    () =>
      `(({ promise, resolve }) => { setTimeout(resolve, 1, ${random.below(9)}); return promise; })(Promise.withResolvers())`,
    () => {
      const fn = scope.find('asyncGenerator');
      return fn && `${fn}(${inner()}).next().then(({ value }) => value ?? 1)`;
    },
    () => {
      const fn = scope.find('asyncGenerator');
      return (
        fn &&
        `((it) => Promise.all([it.next(), it.next(${random.below(9)}), it.${random.pick(['return', 'next'])}(4)]))(${fn}(${inner()})).then((all) => note('queue', all).length)`
      );
    },
    () => `Promise.try(${callback()}, ${inner()})`,
    () => `(async () => ${number(arrowScope(true), depth - 1)})()`,
    () => (async ? `(await Promise.allSettled([${again()}]))[0].value` : undefined),
  ]);
  return made ?? `later(${inner()})`;
}
