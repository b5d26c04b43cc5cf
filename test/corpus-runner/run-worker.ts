import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { runDurableSource, type CaptureMode } from './durable.ts';
import { suspendBeforeEveryExpression } from './every-expression.ts';
import { runNativeSource } from './native.ts';

export type Mode = 'native' | CaptureMode;

export interface Job {
  readonly file: string;
  readonly mode: Mode;
  /** Suspend before every expression. */
  readonly everyExpression: boolean;
}

export interface Report {
  readonly kind: 'returned' | 'threw' | 'died' | 'silent';
  readonly text: string;
  readonly stack?: string | undefined;
  /** The worker cannot go on. */
  readonly fatal?: boolean;
}

/** Rejections that nobody handled while the current program ran: they are part of what it did. */
let unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));

parentPort!.on('message', (job: Job) => {
  void answer(job);
});

async function answer({ file, mode, everyExpression }: Job): Promise<void> {
  unhandled = [];
  let report: Report;
  let error: unknown;
  try {
    const written = readFileSync(file, 'utf8');
    const source = everyExpression ? suspendBeforeEveryExpression(written, file) : written;
    const outcome = await (mode === 'native'
      ? runNativeSource(source, file)
      : runDurableSource(source, file, mode));
    report = outcome;
    if (outcome.kind === 'threw') error = outcome.value;
    await new Promise((resolve) => setImmediate(resolve));
  } catch (thrown) {
    error = thrown;
    report = {
      kind: 'died',
      text: `could not run: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (unhandled.length > 0)
    report = { kind: 'died', text: `${report.text}\nunhandled rejections: ${unhandled.join('; ')}` };
  const stack = error instanceof Error ? error.stack : undefined;
  parentPort!.postMessage({ kind: report.kind, text: report.text, stack } satisfies Report);
}
