/** Intl formatters by their options. One whose options do not make the same formatter again is refused. */
import { types } from 'node:util';
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import { HostRefusal, type HostType } from '../snapshot-context.ts';

type Options = Record<string, unknown>;
type Constructor = (new (locale: string, options?: Options) => object) & { readonly prototype: object };

/** The parts of formatters that were made again and did the same. */
const proven = new Map<string, readonly unknown[]>();
const MAX_PROVEN = 1000;

/**
 * `ignored`: resolved options that no constructor takes, or that another one implies. `samples`: what is formatted to see whether two formatters do
 * the same, because the resolved options of some are not all that they were made of.
 */
function formatter(
  name: string,
  ignored: readonly string[] = [],
  samples: readonly number[] = [],
): HostType | undefined {
  const constructor = Reflect.get(Intl, name) as Constructor | undefined;
  if (constructor === undefined) return undefined;
  const resolvedOptions = methodOf<[], Options>(constructor.prototype, 'resolvedOptions');
  const make = ([locale, ...pairs]: readonly unknown[]): object => {
    const options: Options = {};
    for (let at = 0; at < pairs.length; at += 2) options[pairs[at] as string] = pairs[at + 1];
    return new constructor(locale as string, options);
  };
  const toParts =
    samples.length > 0 ? methodOf<[number], unknown>(constructor.prototype, 'formatToParts') : undefined;
  const key = name === 'Collator' ? 'compare' : 'format';
  const property: unknown = Object.getOwnPropertyDescriptor(constructor.prototype, key);
  const isGetter = property !== undefined && Reflect.get(property as object, 'get') !== undefined;
  const giving = isGetter ? getterOf<Function>(constructor.prototype, key) : undefined;
  const behaviour = (value: object): string =>
    JSON.stringify([name, resolvedOptions(value), samples.map((sample) => toParts!(value, sample))]);
  const partsOf = (resolved: Options): unknown[] => [
    resolved['locale'],
    ...Object.entries(resolved)
      .filter(([key]) => key !== 'locale' && !ignored.includes(key))
      .flat(),
  ];
  return {
    name: `Intl.${name}`,
    prototype: constructor.prototype,
    is: (value) => succeeds(() => resolvedOptions(value)),
    parts(value) {
      if (giving !== undefined) givers.set(giving(value), value);
      const text = behaviour(value);
      const known = proven.get(text);
      if (known !== undefined) return known;
      const parts = variants(resolvedOptions(value))
        .map(partsOf)
        .find((candidate) => behaviour(make(candidate)) === text);
      if (parts === undefined) {
        throw new HostRefusal(
          `an Intl.${name} that its resolved options do not make again`,
          'Hold the options, and make the formatter again after the suspension point.',
        );
      }
      if (proven.size >= MAX_PROVEN) proven.clear();
      proven.set(text, parts);
      return parts;
    },
    make,
  };
}

/** Functions that a formatter gives, by function. Known once the formatter has been met. */
const givers = new WeakMap<Function, object>();

/** `format.format` and `collator.compare` are functions that know their formatter; each formatter has one. */
function given(name: string, key: string): HostType<Function> {
  const get = getterOf<Function>((Reflect.get(Intl, name) as Constructor).prototype, key);
  return {
    name: `Intl.${name}.${key}`,
    prototype: undefined,
    is(fn) {
      const giver = givers.get(fn as Function);
      return giver !== undefined && succeeds(() => get(giver)) && get(giver) === fn;
    },
    parts: (fn) => [givers.get(fn)],
    make: ([giver]) => get(giver as object),
  };
}

export const INTL_FUNCTIONS: readonly HostType<Function>[] = [
  given('NumberFormat', 'format'),
  given('DateTimeFormat', 'format'),
  given('Collator', 'compare'),
];

/** Notes the functions of those among `objects` that are formatters. */
export function noteFormatters(objects: Iterable<WeakKey>): void {
  for (const object of objects) {
    if (typeof object !== 'object' || types.isProxy(object)) continue;
    const prototype: unknown = Object.getPrototypeOf(object);
    const type = INTL_TYPES.find((each) => each.prototype === prototype);
    if (type?.is(object) === true) type.parts!(object, undefined as never);
  }
}

/** The host type of a function that a formatter has given. */
export function intlFunction(fn: Function): HostType<Function> | undefined {
  return INTL_FUNCTIONS.find((type) => type.is(fn));
}

/** Options to try. In some languages the pattern for a long month resolves to a numeric one. */
function variants(resolved: Options): Options[] {
  if (resolved['month'] === undefined) return [resolved];
  return [resolved, ...['long', 'short', 'narrow'].map((month) => ({ ...resolved, month }))];
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

const localeText = methodOf<[], string>(Intl.Locale.prototype, 'toString');
const baseName = getterOf<string>(Intl.Locale.prototype, 'baseName');

const locale: HostType<Intl.Locale> = {
  name: 'Intl.Locale',
  prototype: Intl.Locale.prototype,
  is: (value) => succeeds(() => baseName(value)),
  parts: (value) => [localeText(value)],
  make: ([text]) => new Intl.Locale(text as string),
};

export const INTL_TYPES: readonly HostType[] = [
  formatter('Collator'),
  formatter('NumberFormat', [], [-1234567.891, 0.5]),
  // `hour12` would be asked before `hourCycle`, and knows less.
  formatter('DateTimeFormat', ['hour12'], [0, 1e12 + 45_296_789]),
  formatter('PluralRules', ['pluralCategories']),
  formatter('ListFormat'),
  formatter('RelativeTimeFormat'),
  formatter('DisplayNames'),
  formatter('Segmenter'),
  formatter('DurationFormat'),
  locale,
].filter((type) => type !== undefined);
