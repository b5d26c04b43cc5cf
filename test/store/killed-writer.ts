import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./writer-process.ts', import.meta.url));

export interface WriterLife {
  readonly directory: string;
  readonly thread: 'main' | 'worker';
  readonly life: string;
  readonly writers: number;
  readonly mode?: 'all' | 'one';
  /** When to kill: so many milliseconds after its first acknowledgement, and not before so many of them. */
  readonly killAfter: { readonly milliseconds: number; readonly acknowledgements: number };
}

/** Runs a writer, kills it with SIGKILL, and gives its last acknowledged step by instance, in the order of acknowledgement. */
export async function runAndKill(run: WriterLife): Promise<Map<string, number>> {
  const args = [PROGRAM, run.directory, run.thread, run.life, String(run.writers), run.mode ?? 'all'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += String(text)));
  // A line torn by the kill could name a wrong step: only what a line end follows counts.
  const lines: string[] = [];
  let rest = '';
  let killing: Promise<void> | undefined;
  let haveEnough = (): void => undefined;
  const enough = new Promise<void>((resolve) => (haveEnough = resolve));
  child.stdout.on('data', (chunk) => {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    if (lines.length > 1) killing ??= Promise.all([sleep(run.killAfter.milliseconds), enough]).then(kill);
    if (lines.length > run.killAfter.acknowledgements) haveEnough();
  });
  const kill = (): void => void child.kill('SIGKILL');
  const [code, signal] = await closed;
  if (signal !== 'SIGKILL')
    throw new Error(`the writer ended by itself (${code}): ${complaint}${lines.join('\n')}`);
  const acknowledged = new Map<string, number>();
  for (const line of lines) {
    if (line === 'ready') continue;
    const [id = '', step = ''] = line.split(' ');
    if (!/^\d+$/.test(step)) throw new Error(`the writer says: ${line}`);
    acknowledged.set(id, Number(step));
  }
  return acknowledged;
}
