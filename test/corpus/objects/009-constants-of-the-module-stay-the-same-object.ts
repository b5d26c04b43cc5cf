const DEFAULTS = Object.freeze({ retries: 3 });
const PATTERN = /a+/;
const { first, rest } = { first: Object.freeze(['x']), rest: Object.freeze({ y: 1 }) };
const NESTED = Object.freeze({ inner: Object.freeze({ deep: 1 }) });

export default async function main() {
  const options = { ...DEFAULTS, base: DEFAULTS, pattern: PATTERN, first, rest, inner: NESTED.inner };
  await null;
  const seen = new Set<unknown>([options.base, options.first]);
  await null;
  return [options.base === DEFAULTS, options.pattern === PATTERN, options.first === first, options.rest === rest, options.inner === NESTED.inner, seen.has(DEFAULTS), seen.has(first)];
}
