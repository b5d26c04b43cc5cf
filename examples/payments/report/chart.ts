/** A curve or several over time, as SVG that stands alone. */

export interface Series {
  readonly name: string;
  /** CSS colour. */
  readonly color: string;
  /** Seconds and values in order; undefined values leave a gap. */
  readonly points: readonly (readonly [at: number, value: number | undefined])[];
  /** Filled down to zero. */
  readonly filled?: boolean | undefined;
}

/** Something that happened: a line from top to bottom. */
export interface Mark {
  readonly at: number;
  readonly color: string;
  readonly text: string;
}

/** Something that lasted: a light band. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ChartOptions {
  readonly title: string;
  /** What the values are, for example `ms`. */
  readonly unit: string;
  /** Seconds shown, from 0. */
  readonly duration: number;
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
  readonly spans?: readonly Span[] | undefined;
  /** The scale reaches at least to this. */
  readonly atLeast?: number | undefined;
  /** Decades instead of equal steps; for values from 1. */
  readonly logarithmic?: boolean | undefined;
}

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
/** A curve is broken where nothing is known for longer than this, s. */
const GAP = 3.5;

export function chart(options: ChartOptions): string {
  const { title, unit, duration, series, marks, spans = [], logarithmic = false } = options;
  const values = series.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
  const highest = Math.max(options.atLeast ?? 1, ...values);
  const lowest = logarithmic ? lowestDecade(values) : 0;
  const ticks = logarithmic ? decades(lowest, highest) : niceTicks(highest);
  const top = ticks.at(-1)!;
  const x = (seconds: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * seconds) / duration;
  const y = (value: number): number => {
    const part = logarithmic
      ? Math.log(Math.max(value, lowest) / lowest) / Math.log(top / lowest)
      : value / top;
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part;
  };
  const floor = y(lowest);
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>` +
      `<text class="tick" x="${LEFT - 7}" y="${round(y(tick) + 3.5)}" text-anchor="end">${shortNumber(tick)}</text>`,
  );
  const times = timeTicks(duration).map(
    (at) =>
      `<text class="tick" x="${round(x(at))}" y="${HEIGHT - 7}" text-anchor="middle">${clock(at)}</text>`,
  );
  const bands = spans.map(
    ({ from, to }) =>
      `<rect class="span" x="${round(x(from))}" width="${round(x(Math.min(to, duration)) - x(from))}" y="${TOP}" height="${round(floor - TOP)}"/>`,
  );
  const lines = marks.map(
    ({ at, color, text }) =>
      `<line class="mark" x1="${round(x(at))}" x2="${round(x(at))}" y1="${TOP}" y2="${round(floor)}" stroke="${color}"><title>${escapeHtml(text)}</title></line>`,
  );
  const curves = series.flatMap((one) => curvesOf(one, x, y, floor));
  const legend =
    series.length < 2
      ? ''
      : `<ul class="legend">${series.map(({ name, color }) => `<li><i style="background:${color}"></i>${escapeHtml(name)}</li>`).join('')}</ul>`;
  return (
    `<figure class="chart"><figcaption><h3>${escapeHtml(title)}<small>${escapeHtml(unit)}</small></h3>${legend}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}, ${unit}`)}">` +
    [...grid, ...times, ...bands, ...lines, ...curves].join('') +
    `</svg></figure>`
  );
}

function curvesOf(
  { color, points, filled }: Series,
  x: (seconds: number) => number,
  y: (value: number) => number,
  floor: number,
): string[] {
  const runs: (readonly [number, number])[][] = [[]];
  let last: number | undefined;
  for (const [at, value] of points) {
    if (value === undefined || (last !== undefined && at - last > GAP)) runs.push([]);
    last = at;
    if (value !== undefined) runs.at(-1)!.push([x(at), y(value)]);
  }
  return runs
    .filter((run) => run.length > 0)
    .map((run) => {
      const path = run.map(([px, py]) => `${round(px)},${round(py)}`);
      // A point alone would not be seen.
      if (path.length === 1) path.push(`${round(run[0]![0] + 1)},${round(run[0]![1])}`);
      const area = filled
        ? `<path d="M${round(run[0]![0])},${round(floor)}L${path.join('L')}L${round(run.at(-1)![0])},${round(floor)}Z" fill="${color}" class="area"/>`
        : '';
      return `${area}<path d="M${path.join('L')}" stroke="${color}" class="curve"/>`;
    });
}

/** From 0 to `highest` or above in at most five steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(highest: number): number[] {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate * 4 >= highest)!;
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** The power of ten, from 1, at or below all values that are not 0. */
function lowestDecade(values: readonly number[]): number {
  const least = Math.min(...values.filter((value) => value > 0));
  return Number.isFinite(least) ? 10 ** Math.max(0, Math.floor(Math.log10(least))) : 1;
}

function decades(lowest: number, highest: number): number[] {
  const count = Math.max(1, Math.ceil(Math.log10(highest / lowest)));
  return Array.from({ length: count + 1 }, (_, index) => lowest * 10 ** index);
}

/** At most nine, at whole steps that a person would choose. */
function timeTicks(duration: number): number[] {
  const step = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find((one) => duration / one <= 8) ?? 7200;
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, index) => index * step);
}

export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function shortNumber(value: number): string {
  if (value >= 10_000) return `${round(value / 1000)}k`;
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
