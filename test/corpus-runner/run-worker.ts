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
  try {
    const written = readFileSync(file, 'utf8');
    const source = everyExpression ? suspendBeforeEveryExpression(written, file) : written;
    report =
      mode === 'native' ? await runNativeSource(source, file) : await runDurableSource(source, file, mode);
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    report = {
      kind: 'died',
      text: `could not run: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (unhandled.length > 0)
    report = { kind: 'died', text: `${report.text}\nunhandled rejections: ${unhandled.join('; ')}` };
  parentPort!.postMessage({ kind: report.kind, text: report.text });
}
