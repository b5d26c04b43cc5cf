/** A script against every crash: killed at each checkpoint, in each moment that makes a difference. */
import { type CrashPoint, crashPoints, crashText } from './crash-point.ts';
import type { ScriptRun } from './script-run.ts';
import { type FileUrl, prepareScript, runPrepared, type ScriptTestOptions } from './script-test.ts';

export type CrashTestOptions = Omit<ScriptTestOptions, 'capture' | 'crashes'>;

/**
 * Runs a script once without a crash, and then once for each crash point: before the first checkpoint, and at every
 * checkpoint before its `commit`, after it, and just before the next one. `verify` looks at every run.
 *
 * @param options a function makes them anew for each run; necessary when answers remember something
 * @returns all runs, the one without a crash first
 * @throws what `verify` or the script throws; its message says where the crash was and what happened
 */
export async function everyCrash<R = unknown, O extends CrashTestOptions = CrashTestOptions>(
  script: string | FileUrl,
  options: O | (() => O),
  verify: (run: ScriptRun<R>, options: O) => unknown = () => undefined,
): Promise<readonly ScriptRun<R>[]> {
  const fresh = typeof options === 'function' ? options : () => options;
  const first = fresh();
  const prepared = await prepareScript(script, first);
  const runs: ScriptRun<R>[] = [];
  const attempt = async (own: O, point: CrashPoint | undefined): Promise<ScriptRun<R>> => {
    let run: ScriptRun<R> | undefined;
    try {
      run = await runPrepared<R>(prepared, own, point === undefined ? [] : [point]);
      runs.push(run);
      await verify(run, own);
      return run;
    } catch (error) {
      throw withPlace(error, point, runs[0], run);
    }
  };
  const { checkpoints } = await attempt(first, undefined);
  for (const point of crashPoints(checkpoints.length)) await attempt(fresh(), point);
  return runs;
}

/** The same error, whose message begins with where the crash was. */
function withPlace(
  error: unknown,
  point: CrashPoint | undefined,
  first: ScriptRun | undefined,
  run: ScriptRun | undefined,
): unknown {
  if (!(error instanceof Error)) return error;
  const before = error.message;
  const count = first?.checkpoints.length;
  const where = point === undefined ? 'Without a crash' : `Crash ${crashText(point, count)}`;
  const story = run === undefined ? '' : `\n\nWhat happened:\n${run.describe()}\n`;
  const message = `${where}${placeOf(point, first)}: ${before}${story}`;
  const stack = error.stack?.replace(before, () => message);
  Object.defineProperty(error, 'message', { value: message, writable: true, configurable: true });
  if (stack !== undefined)
    Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true });
  return error;
}

function placeOf(point: CrashPoint | undefined, first: ScriptRun | undefined): string {
  const checkpoint = first?.checkpoints.find(({ number }) => number === point?.checkpoint);
  return checkpoint === undefined ? '' : ` (${checkpoint.place})`;
}
