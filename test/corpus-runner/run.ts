/**
 * Runs corpus programs natively and as instances, and prints one line for each that differs.
 *
 *     npx node test/corpus-runner/run.ts [filter] [--capture | --no-capture | --native] [--every-expression] [--print] [--limit S]
 *
 * Default: both capture modes. `--capture`: every suspension only. `--no-capture`: compiled only. `--native`: only checks that
 * the programs are sound on their own. `--every-expression`: with a suspension before every expression. `--print`: whole results, and the stack of errors, instead of the first
 * line that differs.
 * Programs run in a worker, which is replaced when a program is silent for `--limit` seconds
 * (default 20), so one endless loop costs one line.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { everyExpression, listPrograms, type Program } from './programs.ts';
import type { Job, Mode, Report } from './run-worker.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    capture: { type: 'boolean' },
    'no-capture': { type: 'boolean' },
    native: { type: 'boolean' },
    'every-expression': { type: 'boolean', default: false },
    print: { type: 'boolean' },
    limit: { type: 'string', default: '120' },
  },
});
const modes: Mode[] = options.native
  ? []
  : options.capture
    ? ['every-suspension']
    : options['no-capture']
      ? ['never']
      : ['never', 'every-suspension'];

const jobs: { program: Program; mode: Mode }[] = [];
for (const filter of positionals.length > 0 ? positionals : ['']) {
  for (const program of listPrograms(filter)) {
    const { runs, captures } = options['every-expression']
      ? everyExpression(program)
      : { runs: true, captures: true };
    if (!runs) continue;
    jobs.push({ program, mode: 'native' });
    for (const mode of modes) if (captures || mode === 'never') jobs.push({ program, mode });
  }
}

let failed = 0;
const native = new Map<string, string>();
while (jobs.length > 0) await runInWorker();
const total = native.size;
process.stdout.write(`${total} programs, ${modes.join(' + ') || 'native only'}: ${failed} failures\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** Works through `jobs` until all are done or one is silent for too long. */
async function runInWorker(): Promise<void> {
  const worker = new Worker(new URL('./run-worker.ts', import.meta.url));
  try {
    while (jobs.length > 0) {
      const job = jobs.shift()!;
      const report = await ask(worker, job.program, job.mode);
      judge(job.program, job.mode, report);
      if (report.fatal) return;
    }
  } finally {
    await worker.terminate();
  }
}

function ask(worker: Worker, program: Program, mode: Mode): Promise<Report> {
  const { promise, resolve } = Promise.withResolvers<Report>();
  const onError = (error: unknown): void =>
    resolve({ text: `worker died: ${String(error)}`, kind: 'died', fatal: true });
  const watchdog = setTimeout(
    () => resolve({ text: `no end within ${options.limit} s`, kind: 'silent', fatal: true }),
    Number(options.limit) * 1000,
  );
  worker.once('error', onError);
  worker.once('message', resolve);
  const job: Job = { file: program.file, mode, everyExpression: options['every-expression'] };
  worker.postMessage(job);
  return promise.finally(() => {
    clearTimeout(watchdog);
    worker.off('error', onError);
    worker.off('message', resolve);
  });
}

function judge(program: Program, mode: Mode, report: Report): void {
  if (mode === 'native') {
    native.set(program.name, report.text);
    const sound =
      report.kind === (program.rejects ? 'threw' : 'returned') &&
      !report.text.startsWith('returned undefined');
    if (!sound) fail(`${program.name} | native | unsound: ${oneLine(report.text)}`);
    else if (options.print) process.stdout.write(`${program.name} | native | ${report.text}\n`);
    return;
  }
  const expected = native.get(program.name)!;
  if (report.text === expected) return;
  if (options.print)
    fail(`${program.name} | ${mode}\nnative: ${expected}\n   got: ${report.text}\n${report.stack ?? ''}`);
  else fail(`${program.name} | ${mode} | ${firstDifference(expected, report.text)}`);
}

function fail(line: string): void {
  failed++;
  process.stdout.write(`${line}\n`);
}

function firstDifference(expected: string, got: string): string {
  if (got.startsWith('threw') !== expected.startsWith('threw') || got.split('\n').length === 1) {
    return `native: ${oneLine(expected)} | got: ${oneLine(got)}`;
  }
  const left = expected.split('\n');
  const right = got.split('\n');
  const differs = (index: number): boolean => left[index] !== right[index];
  const indexes = [...left.keys(), left.length];
  // A list of another size says less than the first item that differs.
  const line =
    indexes.find((index) => differs(index) && !/\(\d+\)$/.test(left[index] ?? '')) ??
    indexes.find(differs) ??
    0;
  return `native: ${left[line]?.trim() ?? '(end)'} | got: ${right[line]?.trim() ?? '(end)'} (line ${line + 1})`;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}
