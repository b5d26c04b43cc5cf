/** A capture plan as a person reads it. */
import type { CapturePlan, FunctionPlan, PointPlan, SavedVariable } from './capture-plan.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './wrapped-text.ts';

type Look = Pick<Terminal, 'outColors' | 'width'>;

export function capturePlanText(plan: CapturePlan, look: Look): string {
  const { bold, dim } = look.outColors;
  const points = plan.functions.flatMap((fn) => fn.points);
  const warnings = points.flatMap((point) => point.warnings);
  const parts = [
    bold(plan.script) +
      dim(
        `  ${count(plan.functions.length, 'function')}, ${count(points.length, 'suspension point')}; ${kilobytes(plan.sourceSize)} of source, ${kilobytes(plan.compiledSize)} compiled; code ${plan.hash.slice(0, 12)}`,
      ),
  ];
  if (plan.state.length > 0)
    parts.push(
      wrapped(
        `Each instance has its own ${plan.state.join(', ')}: module-level variables that the script changes.`,
        look.width,
      ),
    );
  // Functions that neither wait nor capture are not in a checkpoint.
  const shown = plan.functions.filter(({ points: own, captures }) => own.length > 0 || captures.length > 0);
  for (const fn of shown) parts.push(functionText(fn, look));
  const others = plan.functions.length - shown.length;
  if (others > 0)
    parts.push(
      dim(
        wrapped(
          `${count(others, 'other function')} or class${others === 1 ? '' : 'es'}: found again by name, nothing of ${others === 1 ? 'it' : 'them'} is saved.`,
          look.width,
        ),
      ),
    );
  parts.push(
    warnings.length === 0
      ? dim('A checkpoint can be made during every wait, as far as the text shows it.')
      : look.outColors.yellow(`${count(warnings.length, 'warning')}: see the lines with "!".`),
  );
  return parts.join('\n\n');
}

function functionText({ name, kind, file, line, captures, points }: FunctionPlan, look: Look): string {
  const { bold, dim } = look.outColors;
  const what = kind === 'class' ? 'class ' : '';
  const lines = [`${what}${bold(kind === 'class' ? name : `${name}()`)}  ${dim(`${file}:${line}`)}`];
  if (captures.length > 0) lines.push(...savedText('captures', captures, look, '  '));
  for (const point of points) lines.push(...pointText(point, file, look));
  return lines.join('\n');
}

function pointText({ line, column, source, saved, warnings }: PointPlan, file: string, look: Look): string[] {
  const { dim, yellow } = look.outColors;
  const place = `${file}:${line}:${column}`;
  const room = Math.max(20, look.width - place.length - 4);
  const text = source === undefined ? '' : source.length > room ? `${source.slice(0, room - 3)}...` : source;
  return [
    `  ${dim(place)}  ${text}`.trimEnd(),
    ...savedText('saves', saved, look, '      '),
    ...warnings.map((warning) => yellow(wrapped(`! ${warning}`, look.width, '      '))),
  ];
}

function savedText(verb: string, saved: readonly SavedVariable[], look: Look, indent: string): string[] {
  const named = (held: SavedVariable['held']): string[] =>
    saved.filter((variable) => variable.held === held).map(({ name }) => name);
  const [values, shared, hidden] = [named('value'), named('shared'), named('hidden')];
  const parts = [
    ...(values.length > 0 ? [values.join(', ')] : []),
    ...(shared.length > 0 ? [`${shared.join(', ')} (shared with closures)`] : []),
    ...hidden,
  ];
  const text = parts.length === 0 ? `${verb} no variable` : `${verb} ${parts.join('; ')}`;
  return wrapped(text, look.width, indent)
    .split('\n')
    .map((line, index) => (index === 0 ? line.replace(verb, look.outColors.cyan(verb)) : line));
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
const kilobytes = (size: number): string => (size < 1000 ? `${size} B` : `${(size / 1000).toFixed(1)} kB`);
