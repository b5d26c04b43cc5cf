/** What is told of the rounds of a bench. */

/** @param at 0: the lowest, 0.5: the median, 1: the highest; of an even number of values the upper of the two in the middle */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * at)]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** `4.8 (4.7 to 5.2)`: the median, the lowest and the highest. */
export const medianAndRange = (values: readonly number[], digits: number): string =>
  text(values, 0, 1, digits);

/** The same with the lower and the upper quartile. */
export const medianAndQuartiles = (values: readonly number[], digits: number): string =>
  text(values, 0.25, 0.75, digits);

function text(values: readonly number[], from: number, to: number, digits: number): string {
  const [middle, low, high] = [0.5, from, to].map((at) => quantile(values, at).toFixed(digits));
  return `${middle} (${low} to ${high})`;
}
