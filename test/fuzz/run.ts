/**
 * Runs random programs natively and as instances, and prints those that differ, made small.
 *
 *     npm run fuzz -- [--seed N] [--count N] [--minutes M] [--jobs J] [--failures N] [--coverage] [--print]
 *
 * Program i has the seed N + i. Without `--count` and `--minutes` it goes on until it is interrupted, which ends it when the batches
 * that are under way are through. `--jobs`: threads, 1 if not given. It ends after `--failures` differences (10). `--coverage` prints what a
 * tenth of the programs is made of. `--print` prints the program of the first seed and nothing else. Exit code 1 on a difference.
 */
import { parseArgs } from 'node:util';
import { Arena } from './arena.ts';
import type { Program } from './batch.ts';
import { Coverage } from './coverage.ts';
import { generate } from './program.ts';
import { formatReport, indented, minimise } from './report.ts';
import { Statistics } from './statistics.ts';

/** Programs in one bundle. */
const BATCH = 25;
/** Milliseconds for one batch: hundreds of times what it needs. */
const LIMIT = 30_000;
/** The same for one program. */
const LIMIT_ALONE = 4_000;
/** Milliseconds between two lines about how far it is. */
const NEWS_EVERY = 30_000;

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    count: { type: 'string' },
    minutes: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    failures: { type: 'string', default: '10' },
    coverage: { type: 'boolean' },
    print: { type: 'boolean' },
  },
});
const first = Number(options.seed);
const end = first + Number(options.count ?? Infinity);
const deadline = Date.now() + Number(options.minutes ?? Infinity) * 60_000;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (options.print) {
  const { main, parts } = generate(first);
  say([main, ...Object.values(parts)].map(indented).join('\n\n'));
} else {
  process.exitCode = (await fuzz()) === 0 ? 0 : 1;
}

/** Number of programs that differ. */
async function fuzz(): Promise<number> {
  const started = performance.now();
  const statistics = new Statistics();
  const coverage = new Coverage();
  const failures = new Set<number>();
  let next = first;
  let lastNews = started;
  let isInterrupted = false;
  process.once('SIGINT', () => (isInterrupted = true));
  const isOver = (): boolean =>
    isInterrupted || next >= end || Date.now() > deadline || failures.size >= Number(options.failures);

  const work = async (): Promise<void> => {
    const arena = new Arena(LIMIT);
    try {
      while (!isOver()) {
        const seeds = Array.from({ length: Math.min(BATCH, end - next) }, (_, index) => next + index);
        next += seeds.length;
        await runSeeds(arena, seeds);
        if (options.coverage) for (const seed of seeds) if (seed % 10 === 0) coverage.add(generate(seed));
        if (performance.now() - lastNews < NEWS_EVERY) continue;
        lastNews = performance.now();
        say(summary());
      }
    } finally {
      await arena.close();
    }
  };

  const runSeeds = async (arena: Arena, seeds: readonly number[]): Promise<void> => {
    const result = await arena.run({ programs: seeds });
    if ('step' in result) {
      if (seeds.length === 1) {
        failures.add(seeds[0]!);
        await reportHang(seeds[0]!);
        return;
      }
      await runSeeds(arena, seeds.slice(0, result.index));
      await runSeeds(arena, seeds.slice(result.index, result.index + 1));
      await runSeeds(arena, seeds.slice(result.index + 1));
      return;
    }
    statistics.add(result);
    for (const { seed, invalid, difference } of result) {
      if (invalid !== undefined) say(`seed ${seed}: not a program: ${invalid}`);
      if (!difference) continue;
      failures.add(seed);
      const program: Program = generate(seed);
      const alone = await arena.check(program);
      if (alone) say(formatReport(await minimise(program, alone, arena)));
      else
        say(
          `seed ${seed}, ${difference.mode}: differs only when it is compiled together with ${seeds.join(' ')}\n`,
        );
    }
  };

  const reportHang = async (seed: number): Promise<void> => {
    const impatient = new Arena(LIMIT_ALONE);
    try {
      const program = generate(seed);
      const difference = await impatient.check(program);
      if (difference) say(formatReport(await minimise(program, difference, impatient)));
      else say(`seed ${seed}: did not end within ${LIMIT} ms, and ends now\n`);
    } finally {
      await impatient.close();
    }
  };

  const summary = (): string => {
    const seconds = (performance.now() - started) / 1000;
    const { programs } = statistics;
    return `seeds ${first} to ${next - 1}: ${programs} programs, ${failures.size} differences, ${(programs / seconds).toFixed(0)} programs/s`;
  };

  await Promise.all(Array.from({ length: Number(options.jobs) }, work));
  say(statistics.table());
  if (options.coverage) say(coverage.table());
  say(summary());
  return failures.size;
}
