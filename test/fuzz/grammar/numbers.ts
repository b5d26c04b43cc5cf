/** Random expressions whose value is a primitive, mostly a number, whatever they are made of. */
import { functionExpression, iife } from './functions.ts';
import { localClass } from './classes.ts';
import { choose, type Scope } from './scope.ts';
import { array, booleanTest, collectionNumber, object, promise, text } from './values.ts';

export function number(scope: Scope, depth = 3): string {
  if (depth <= 0 || !scope.spend()) return leaf(scope);
  const group = scope.random.below(20);
  const groups =
    group < 6 ? waiting : group < 10 ? operators : group < 13 ? places : group < 17 ? calls : rest;
  return choose(scope.random, groups(scope, depth)) ?? leaf(scope);
}

export function leaf(scope: Scope): string {
  const { random } = scope;
  const { receiver } = scope.context;
  if (receiver && random.chance(25) && receiver.places.length > 0)
    return `this${random.pick(receiver.places)}`;
  const name = random.chance(75) ? scope.find('number') : undefined;
  return name ?? String(random.below(7));
}

/** Something that can be assigned to. */
export function writable(scope: Scope): string | undefined {
  const { random } = scope;
  const { receiver } = scope.context;
  if (receiver && random.chance(25)) {
    const parent = receiver.parent?.places;
    if (parent && parent.length > 0 && random.chance(20)) return `super${random.pick(parent)}`;
    if (receiver.places.length > 0) return `this${random.pick(receiver.places)}`;
  }
  const instance = random.chance(20) ? scope.lookUp('instance') : undefined;
  if (instance?.info && instance.info.instance.places.length > 0)
    return `${instance.name}${random.pick(publicOf(instance.info.instance.places))}`;
  const object = random.chance(25) ? scope.find('object') : undefined;
  if (object) {
    const key = scope.async && random.chance(20) ? `[await soon('b')]` : `[note('w', 'a')]`;
    return `${object}${random.pick(['.a', "['b']", key])}`;
  }
  const list = random.chance(20) ? scope.find('array') : undefined;
  if (list) return `${list}[${scope.async && random.chance(40) ? '(await later(1))' : random.below(3)}]`;
  const cls = random.chance(10) ? scope.lookUp('class') : undefined;
  const statics = cls?.info?.own.places.filter((place) => !place.startsWith('.#')) ?? [];
  if (statics.length > 0) return `${cls!.name}${random.pick(statics)}`;
  return scope.find('number', true);
}

/** Accesses that are allowed outside of the class; `.a` is always there. */
export function publicOf(accesses: readonly string[]): string[] {
  const found = accesses.filter((access) => !access.startsWith('.#'));
  return found.length > 0 ? found : ['.a'];
}

type Productions = (scope: Scope, depth: number) => (() => string | undefined)[];

const waiting: Productions = (scope, depth) => {
  const { random } = scope;
  const inner = (): string => number(scope, depth - 1 - random.below(2));
  const { async, generator } = scope.context;
  const wait = (make: () => string) => (): string | undefined => (async ? make() : undefined);
  const give = (make: () => string) => (): string | undefined => (generator ? make() : undefined);
  return [
    wait(() => `(await later(${inner()}))`),
    wait(() => `(await ${inner()})`),
    wait(() => `(await soon(${inner()}))`),
    wait(() => `(await delay(${random.below(4)}, ${inner()}))`),
    wait(() => `(await thenable(${inner()}))`),
    wait(() => `(await ${promise(scope, depth - 1)})`),
    wait(() => `(await ${promise(scope, depth - 1)})`),
    give(() => `((yield ${inner()}) ?? ${inner()})`),
    give(() => `(yield ${inner()}, ${inner()})`),
    give(() => `((yield* list(${array(scope, depth - 2)})) ?? ${inner()})`),
    () => `note('${random.pick('abcdef'.split(''))}', ${inner()})`,
  ];
};

const BINARY = ['+', '-', '*', '^', '|', '&', '<<', '>>', '>>>', '%', '/', '**'];
const COMPOUND = [
  '-=',
  '*=',
  '%=',
  '|=',
  '&=',
  '^=',
  '<<=',
  '>>=',
  '>>>=',
  '&&=',
  '||=',
  '??=',
  '&&=',
  '||=',
  '??=',
];

const operators: Productions = (scope, depth) => {
  const { random } = scope;
  const inner = (): string => number(scope, depth - 1 - random.below(2));
  return [
    () => `((${inner()} ${random.pick(BINARY)} ${inner()}) | 0)`,
    () => `((${inner()} ${random.pick(BINARY)} ${inner()}) | 0)`,
    () => `(${booleanTest(scope, depth - 1)} ? ${inner()} : ${inner()})`,
    () => `(${inner()} ${random.pick(['&&', '||', '??'])} ${inner()})`,
    () => `(${inner()}, ${inner()})`,
    () => `(${random.pick(['- ', '+ ', '~', '!', 'void '])}${inner()} ?? ${inner()})`,
    () => `(typeof ${inner()} === 'number' ? ${inner()} : 1)`,
    () => `Number(BigInt(${inner()} | 0) ${random.pick(['+', '*', '&', '-'])} ${random.below(9)}n)`,
    () => `${text(scope, depth - 1)}.length`,
  ];
};

const places: Productions = (scope, depth) => {
  const { random } = scope;
  const inner = (): string => number(scope, depth - 1 - random.below(2));
  const withPlace = (make: (place: string) => string) => (): string | undefined => {
    const place = writable(scope);
    return place && make(place);
  };
  return [
    withPlace((place) => `(${place} = ${inner()})`),
    withPlace((place) => `(${place} = ${inner()})`),
    withPlace((place) => `(${place} ${random.pick(COMPOUND)} ${inner()})`),
    withPlace((place) => `(${place} ${random.pick(COMPOUND)} ${inner()})`),
    // Not of the place itself: strings would double.
    withPlace((place) => `(${place} += Number(${inner()}))`),
    withPlace((place) => random.pick([`${place}++`, `--${place}`, `(${place}--)`, `++${place}`])),
    withPlace((place) => `([${place}, ${place} = ${inner()}] = ${array(scope, depth - 1)}, ${inner()})`),
    withPlace((place) => `({ a: ${place}, zz: ${place} = ${inner()} } = ${object(scope, depth - 1)}).b`),
    withPlace((place) => `([...{ length: ${place} }] = ${array(scope, depth - 1)}, ${inner()})`),
    () => {
      const name = scope.find('object');
      return name && `(delete ${name}${random.pick(['.zz', "['c']", "[note('d', 'zz')]"])} ? ${inner()} : 1)`;
    },
  ];
};

/** Calls of something that the program has declared. */
const calls: Productions = (scope, depth) => {
  const { random } = scope;
  const { async, generator, receiver } = scope.context;
  const inner = (): string => number(scope, depth - 1 - random.below(2));
  const args = (): string =>
    random.pick([
      () => inner(),
      () => `${inner()}, ${inner()}`,
      () => `${inner()}, ${inner()}`,
      () => `...${array(scope, depth - 2)}`,
      () => `${inner()}, ...[${inner()}]`,
      () => '',
    ])();
  const method = (
    target: string,
    members: { methods: readonly { access: string; kind: string }[] },
    priv: boolean,
  ): string | undefined => {
    const usable = members.methods.filter(({ access }) => priv || !access.startsWith('.#'));
    if (usable.length === 0) return undefined;
    const { access, kind } = random.pick(usable);
    const call = `${target}${access}(${args()})`;
    if (kind === 'sync') return call;
    if (kind === 'async') return async ? `(await ${call})` : undefined;
    if (kind === 'generator') return generator ? `((yield* ${call}) ?? 0)` : `sum(...${call})`;
    return generator && async
      ? `((yield* ${call}) ?? 0)`
      : async
        ? `((await ${call}.next()).value ?? 0)`
        : undefined;
  };
  return [
    () => {
      const fn = scope.find('sync');
      return fn && `${fn}${random.pick(['', '', '?.'])}(${args()})`;
    },
    () => {
      const fn = async ? scope.find('async') : undefined;
      return fn && `(await ${fn}(${args()}))`;
    },
    () => {
      const fn = async ? scope.find('async') : undefined;
      return fn && `(await ${fn}${random.pick(['', '?.'])}(${args()}))`;
    },
    () => {
      const fn = scope.find('sync');
      return (
        fn &&
        random.pick([
          `${fn}.call(null, ${inner()})`,
          `${fn}.apply(undefined, ${array(scope, 1)})`,
          `new ${'Array'}(3).fill(1).map(${fn}).length`,
        ])
      );
    },
    () => {
      const fn = async ? scope.find('async') : undefined;
      return fn && `(await ${fn}.bind(null, ${inner()})(${inner()}))`;
    },
    () => {
      const found = scope.lookUp('instance');
      return found?.info && method(found.name, found.info.instance, false);
    },
    () => {
      const found = scope.lookUp('class');
      return found?.info && method(`new ${found.name}(${args()})`, found.info.instance, false);
    },
    () => {
      const found = scope.lookUp('class');
      return found?.info && method(found.name, found.info.own, false);
    },
    () => receiver && method('this', receiver, true),
    () => receiver?.parent && method('super', receiver.parent, false),
    () => {
      const found = scope.find('closures');
      return found && `(${found}[${inner()} & 1]?.(${inner()}) ?? 3)`;
    },
    () => {
      const fn = scope.find('generator');
      return (
        fn &&
        (generator && random.chance(50) ? `((yield* ${fn}(${args()})) ?? 1)` : `sum(...${fn}(${args()}))`)
      );
    },
    () => {
      const found = scope.find('iterator');
      return found && `(${found}.next(${inner()}).value ?? 2)`;
    },
    () => {
      const fn = async ? scope.find('asyncGenerator') : undefined;
      return (
        fn &&
        random.pick([
          `((await ${fn}(${args()}).next()).value ?? 0)`,
          `sum(...await collect(${fn}(${args()})))`,
        ])
      );
    },
  ];
};

const rest: Productions = (scope, depth) => {
  const { random } = scope;
  const { async, receiver, hasArguments } = scope.context;
  const inner = (): string => number(scope, depth - 1 - random.below(2));
  const key = async ? `await soon('b')` : `'b'`;
  return [
    () => `[${inner()}, ...${array(scope, depth - 2)}, ${inner()}][${random.below(5)}]`,
    () =>
      `${object(scope, depth - 1)}${random.pick(['.a', '?.a', "['a']", `[note('k', 'b')]`, `?.[${key}]`])}`,
    () => `${array(scope, depth - 1)}[${inner()} & 1]`,
    () =>
      `maybe(${inner()})?.${random.pick(['a', `[${key}]`, `m(${inner()})`, `m?.(${inner()})`, `zz?.(${inner()}).more`])}`,
    () => `tag\`a\${${inner()}}b\\n\${${inner()}}\``,
    () => `sum(${inner()}, ...${array(scope, depth - 2)}, ${inner()})`,
    () => `sum(${inner()}, ${inner()})`,
    () => collectionNumber(scope, depth - 1),
    () => collectionNumber(scope, depth - 1),
    () => iife(scope, depth - 1),
    () => iife(scope, depth - 1),
    () => localClass(scope, depth),
    () =>
      `${array(scope, depth - 1)}.${random.pick(['map', 'filter', 'findIndex', 'some', 'flatMap'])}(${functionExpression(scope, false, 1)}).length`,
    () =>
      `${array(scope, depth - 1)}.reduce((s, v) => sum(s, v, ${number(scope.functionBody({ receiver, hasArguments }), depth - 2)}), ${inner()})`,
    () =>
      hasArguments
        ? random.pick(['arguments.length', `(arguments[${random.below(3)}] ?? 1)`, `sum(...arguments)`])
        : undefined,
    () => (receiver?.brand ? `(!(${receiver.brand} in ${object(scope, 1)}) ? 1 : ${inner()})` : undefined),
    () => (hasArguments ? `(new.target ? ${inner()} : 2)` : undefined),
    () => `(/a(?<n>b*)/.exec('xab')?.groups?.n.length ?? ${inner()})`,
  ];
};
