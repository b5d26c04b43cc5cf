/** What a checkpoint would hold, point by point, as the compiler knows it: data for `compile --explain`. */
import { dirname, resolve } from 'node:path';
import type { Bundle, FunctionMetadata, SuspensionPoint } from '../bundle.ts';
import type { NativeValue } from '../compiler/native-values.ts';
import { sourceLineReader } from './source-lines.ts';

export interface SavedVariable {
  readonly name: string;
  /** `shared`: a cell that closures share. */
  readonly held: 'value' | 'shared' | 'hidden';
}

export interface PointPlan {
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly source: string | undefined;
  readonly saved: readonly SavedVariable[];
  readonly warnings: readonly string[];
}

export interface FunctionPlan {
  readonly name: string;
  readonly kind: FunctionMetadata['kind'];
  readonly file: string;
  readonly line: number;
  readonly captures: readonly SavedVariable[];
  readonly points: readonly PointPlan[];
}

export interface CapturePlan {
  readonly script: string;
  readonly hash: string;
  /** Characters. */
  readonly sourceSize: number;
  readonly compiledSize: number;
  /** Module-level variables that belong to each instance. */
  readonly state: readonly string[];
  readonly functions: readonly FunctionPlan[];
}

/** Temporaries of the compiler by their letter in `SuspensionPoint.kinds`. */
const HIDDEN: Readonly<Record<string, string>> = {
  i: 'where a loop is in what it goes through',
  d: 'what `using` has to dispose of',
  k: 'how a `try` was left',
  w: 'the value that a `try` was left with',
  e: 'an error that is on its way',
  s: 'which `case` was chosen',
  y: 'a computed key',
};
const OTHER_TEMPORARY = 'an intermediate result';

/** @param file absolute path of the script that `bundle` was made of */
export function capturePlan(bundle: Bundle, file: string, natives: readonly NativeValue[]): CapturePlan {
  const lineOf = sourceLineReader(bundle);
  const texts = (JSON.parse(bundle.map) as { sourcesContent?: (string | null)[] }).sourcesContent ?? [];
  const functions = bundle.functions.map((fn): FunctionPlan => {
    const module = bundle.sources[fn.source] ?? '';
    const path = resolve(dirname(file), module);
    const own = natives.filter(
      (native) => native.path === path && native.line >= fn.start.line && native.line <= fn.end.line,
    );
    return {
      name: fn.name,
      kind: fn.kind,
      file: module,
      line: fn.start.line,
      captures: fn.cells.map((name, index) => ({
        name,
        held: fn.identity?.cellKinds[index] === 'c' ? 'shared' : 'value',
      })),
      points: fn.points.slice(1).map((point, index, all) => ({
        line: point.line,
        column: point.column + 1,
        source: lineOf(module, point.line),
        saved: savedAt(point),
        warnings: warningsAt(point, own, all.slice(0, index)),
      })),
    };
  });
  return {
    script: bundle.name,
    hash: bundle.hash,
    sourceSize: texts.reduce((sum, text) => sum + (text ?? '').length, 0),
    compiledSize: bundle.code.length,
    state: bundle.state,
    functions,
  };
}

/** In full at the first point of a function, in short at the others. `before`: the points before it. */
function warningsAt(
  point: SuspensionPoint,
  natives: readonly NativeValue[],
  before: readonly SuspensionPoint[],
): string[] {
  return natives.flatMap(({ name, what, line, column }) => {
    if (name === undefined) {
      const isHere = line === point.line && column === point.column;
      return isHere ? [`Waits for ${what}. No checkpoint can be made until it is over (WM3004).`] : [];
    }
    if (!point.slots.includes(name)) return [];
    if (before.some(({ slots }) => slots.includes(name))) return [`${name}: as above.`];
    return [
      `${name} (line ${line}) holds ${what}. A checkpoint during this wait fails with WM4007. Be done with it before, or make it after.`,
    ];
  });
}

/** Hidden ones once for each kind, in words. */
function savedAt({ slots, kinds = '' }: SuspensionPoint): SavedVariable[] {
  const saved = slots.map((name, index): SavedVariable => {
    const kind = kinds[index] ?? 'v';
    if (!name.startsWith('(')) return { name, held: kind === 'c' ? 'shared' : 'value' };
    const text = name === '(arguments)' ? 'the arguments of the call' : (HIDDEN[kind] ?? OTHER_TEMPORARY);
    return { name: text, held: 'hidden' };
  });
  return saved.filter(
    ({ name, held }, index) => held !== 'hidden' || saved.findIndex((other) => other.name === name) === index,
  );
}
