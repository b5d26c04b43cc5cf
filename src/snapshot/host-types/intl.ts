/** Intl formatters by their options. One whose options do not make the same formatter again is refused. */
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
