import { parentPort } from 'node:worker_threads';
import { runDurable, type CaptureMode } from './durable.ts';
import { runNative } from './native.ts';

export type Mode = 'native' | CaptureMode;

export interface Report {
  readonly kind: 'returned' | 'threw' | 'died' | 'silent';
  readonly text: string;
  /** The worker cannot go on. */
  readonly fatal?: boolean;
}

/** Rejections that nobody handled while the current program ran: they are part of what it did. */
let unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));

parentPort!.on('message', ({ file, mode }: { file: string; mode: Mode }) => {
  void answer(file, mode);
});

async function answer(file: string, mode: Mode): Promise<void> {
  unhandled = [];
  let report: Report;
  try {
    report = mode === 'native' ? await runNative(file) : await runDurable(file, mode);
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
