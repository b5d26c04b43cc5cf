/** Running a script in a test: compiled as a node does it, in virtual time, against answers that the test gives. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '../bundle.ts';
import { compile } from '../compiler/index.ts';
import { milliseconds } from '../duration.ts';
import { requestInstanceId } from '../node/instance-id.ts';
import { decodePayload, encodePayload } from '../payload.ts';
import { importModules, loadRealm } from '../runtime/realm.ts';
import { type CrashPoint, crashText } from './crash-point.ts';
import { LifeCycle } from './life-cycle.ts';
import type { Capture } from './run-source.ts';
import type { ScriptRun } from './script-run.ts';
import { testingError } from './testing-error.ts';
import type { Answers } from './sent-message.ts';
import { VirtualClock } from './virtual-clock.ts';
import { virtualDate } from './virtual-date.ts';

/** A `URL`; so that the types need none of Node.js. */
export interface FileUrl {
  readonly href: string;
}

export interface ScriptTestOptions {
  /** What the script is called with: the data of the request. It goes through JSON. */
  readonly input?: unknown;
  /** Answers to `call()`, by subject. A subject that is not here answers nobody: the call is rejected. */
  readonly calls?: Answers;
  /**
   * `every-suspension`: the whole script is encoded, dropped and restored whenever it has run as far as it could. A variable that no
   * checkpoint can hold is found wherever it is alive, and named. Default `never`. Not together with `crashes`.
   */
  readonly capture?: Capture;
  /** Crashes that happen, in this order. See `everyCrash` for all of them, one by one. */
  readonly crashes?: readonly CrashPoint[];
  /** How long the process is away after a crash: milliseconds, or text such as `2h`. Default 0. */
  readonly downtime?: number | string;
  /** The time at which the script starts; default: now. It goes on in leaps, from one wait to the next. */
  readonly startTime?: Date | number | string;
  /** Whether `Date` in the script follows the time of its waits. Default true; false: `Date` is the real one. */
  readonly virtualDate?: boolean;
  /** `self.requestId`, from which the id of the instance is made. Default `test`. */
  readonly requestId?: string;
  /** Stand in for packages that the script imports, by specifier: `{ stripe: { default: FakeStripe } }`. */
  readonly modules?: Readonly<Record<string, object>>;
  /** Global names for the script, such as a `fetch` of the test. By reference, never captured. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** True: the script is expected to fail, and `run.error` is what it threw. */
  readonly failing?: boolean;
}

/**
 * Runs a script to its end and tells what it did.
 *
 * @param script path (relative to the working directory) or URL, such as `new URL('../scripts/pay.ts', import.meta.url)`
 * @throws what the script throws, unless `failing` is set; then WM3901 if it completes
 * @throws CompileError if it cannot be compiled
 * @throws RuntimeError WM3007 if nothing can wake it any more
 */
export async function testScript<R = unknown>(
  script: string | FileUrl,
  options: ScriptTestOptions = {},
): Promise<ScriptRun<R>> {
  const prepared = await prepareScript(script, options);
  return runPrepared<R>(prepared, options, options.crashes ?? []);
}

/** A script that has been compiled. */
export interface PreparedScript {
  readonly file: string;
  readonly bundle: Bundle;
}

export async function prepareScript(
  script: string | FileUrl,
  options: ScriptTestOptions,
): Promise<PreparedScript> {
  const place = typeof script === 'string' ? script : script.href;
  const file = place.startsWith('file:') ? fileURLToPath(place) : resolve(place);
  const names = Object.keys(options.globals ?? {});
  const globals = options.virtualDate === false ? names : [...new Set([...names, 'Date'])];
  return { file, bundle: await compile(file, { globals }) };
}

/** Rejects like `testScript`. */
export async function runPrepared<R>(
  { file, bundle }: PreparedScript,
  options: ScriptTestOptions,
  crashes: readonly CrashPoint[],
): Promise<ScriptRun<R>> {
  const { calls = {}, capture = 'never', downtime = 0, requestId = 'test', failing = false } = options;
  if (capture !== 'never' && crashes.length > 0) throw testingError('captureWithCrashes');
  const clock = new VirtualClock(startOf(options.startTime));
  const now = (): number => clock.now;
  const globals = {
    ...(options.virtualDate === false ? {} : { Date: virtualDate(now) }),
    ...options.globals,
  };
  const modules = await importModules(bundle, file, new Map(Object.entries(options.modules ?? {})));
  const cycle = new LifeCycle({
    id: requestInstanceId(bundle.name, requestId),
    script: bundle.name,
    requestId,
    input: decodePayload(encodePayload(options.input)),
    clock,
    answers: calls,
    freshRealm() {
      const realm = loadRealm(bundle, modules, globals);
      realm.name('testing:Date.now', now);
      return realm;
    },
    capture: capture !== 'never',
    crashes,
    downtime: milliseconds(downtime),
  });
  const run = (await cycle.run()) as ScriptRun<R>;
  if (run.status === 'failed' && !failing) throw run.error;
  if (run.status === 'completed' && failing) throw testingError('completed', { story: run.describe() });
  const missed = crashes[run.crashes.length];
  if (missed !== undefined)
    throw testingError('crashNotReached', { point: crashText(missed), story: run.describe() });
  return run;
}

function startOf(time: Date | number | string | undefined): number {
  if (time === undefined) return Date.now();
  const start = new Date(time).getTime();
  if (Number.isNaN(start)) throw testingError('notATime', { time: String(time) });
  return start;
}
