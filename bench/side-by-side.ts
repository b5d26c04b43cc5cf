/**
 * Runs programs natively and on the runtime, side by side, for benches that compare the two.
 *
 * Measured: CPU time of this process (user and system, all threads: garbage collection and optimisation count), so that other work on the
 * machine costs little precision. A round runs every contender once, each round begins with another one, and a ratio compares the two of one round.
 * The rounds are spread over processes one after the other, because what V8 optimises how differs from process to process by up to a tenth.
 * Reported: medians and quartiles over all rounds. All contenders must give the same result, or the bench fails.
 *
 * `--against DIR` adds another checkout of Waymark as a contender. `--only TEXT` runs the programs with this text in their name.
 * `--rounds N` changes how many rounds each process measures, `--processes N` how many there are.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type * as Compiler from '../src/compiler/index.ts';
import type { Host, Outcome } from '../src/runtime/host.ts';
import type * as InstanceModule from '../src/runtime/instance.ts';
import type * as RealmModule from '../src/runtime/realm.ts';
import { median, quantile } from './quantiles.ts';

const WARM_UP = 6;

/** `text` is a module whose default export is an async function that does `count` steps and returns what it has computed. */
export interface Program {
  readonly name: string;
  /** Steps of one run: 10 to 40 ms of native CPU time. */
  readonly count: number;
  /** The ratio to native that it must stay under. */
  readonly reach: number;
  readonly text: string;
}

type Main = (count: number) => Promise<unknown>;

interface Contender {
  readonly name: string;
  /** Undefined: it cannot run the program. */
  load(text: string): Promise<Main | undefined>;
}

const native: Contender = {
  name: 'native',
  async load(text) {
    const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
    return ((await import(url)) as { default: Main }).default;
  },
};

async function checkout(name: string, folder: URL): Promise<Contender> {
  const { compileSource } = (await import(new URL('src/compiler/index.ts', folder).href)) as typeof Compiler;
  const { loadRealm } = (await import(new URL('src/runtime/realm.ts', folder).href)) as typeof RealmModule;
  const { Instance } = (await import(
    new URL('src/runtime/instance.ts', folder).href
  )) as typeof InstanceModule;
  return {
    name,
    load(text) {
      let bundle: Parameters<typeof loadRealm>[0];
      try {
        bundle = compileSource(text, '/bench/program.ts');
      } catch (error) {
        if (name === 'durable') throw error;
        return Promise.resolve(undefined);
      }
      const realm = loadRealm(bundle, new Map());
      const main: Main = (count) =>
        new Promise((succeed, fail) => {
          const host: Host = {
            now: () => 0,
            arm: () => undefined,
            disarm: () => undefined,
            save: () => Promise.resolve(),
            ended: (_instance, outcome: Outcome) =>
              outcome.status === 'completed' ? succeed(outcome.value) : fail(outcome.error as Error),
          };
          new Instance({ id: 'bench', script: 'bench', realm, host, createdAt: 0 }).start(count);
        });
      return Promise.resolve(main);
    },
  };
}

/** Microseconds of CPU time. */
async function measure(main: Main, count: number): Promise<{ us: number; value: unknown }> {
  const before = process.cpuUsage();
  const value = await main(count);
  const { user, system } = process.cpuUsage(before);
  return { us: user + system, value };
}

/** Microseconds of each round, for each contender; empty if it cannot run the program. */
type Times = readonly (readonly number[])[];

const { values: flags } = parseArgs({
  options: {
    against: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '15' },
    processes: { type: 'string', default: '4' },
    child: { type: 'boolean', default: false },
  },
});

/** Prints a table: the median time of a step, and ratios to native with their quartiles. */
export async function compare(programs: readonly Program[]): Promise<void> {
  const chosen = programs.filter(({ name }) => name.includes(flags.only));
  if (flags.child) {
    const contenders = [native, await checkout('durable', new URL('../', import.meta.url))];
    for (const folder of flags.against)
      contenders.push(await checkout(folder, pathToFileURL(`${resolve(folder)}/`)));
    const all: Times[] = [];
    for (const program of chosen) all.push(await timesOf(program, contenders));
    console.log(JSON.stringify(all));
    return;
  }
  const children = Array.from({ length: Number(flags.processes) }, () => {
    const output = execFileSync(process.execPath, [...process.argv.slice(1), '--child'], {
      encoding: 'utf8',
    });
    return JSON.parse(output) as Times[];
  });
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`);
  const others = ['durable', ...flags.against].map((name) => ` ${name} / native | quartiles |`);
  console.log(`| program | native, a step | durable, a step |${others.join('')} to stay under |`);
  console.log(`|---|--:|--:|${others.map(() => '--:|--:|').join('')}--:|`);
  chosen.forEach((program, index) => {
    const parts = children.map((child) => child[index]!);
    report(
      program,
      parts[0]!.map((_, contender) => parts.flatMap((part) => part[contender]!)),
    );
  });
}

async function timesOf({ name, count, text }: Program, contenders: readonly Contender[]): Promise<Times> {
  const mains = await Promise.all(contenders.map((contender) => contender.load(text)));
  const times: number[][] = contenders.map(() => []);
  const rounds = Number(flags.rounds);
  for (let round = -WARM_UP; round < rounds; round++) {
    const values: unknown[] = [];
    for (let turn = 0; turn < mains.length; turn++) {
      const index = (turn + round + WARM_UP) % mains.length;
      const main = mains[index];
      if (main === undefined) continue;
      const { us, value } = await measure(main, count);
      values.push(value);
      if (round >= 0) times[index]!.push(us);
    }
    if (values.some((value) => !Object.is(value, values[0])))
      throw new Error(`${name}: ${values.map(String).join(', ')}`);
  }
  return times;
}

function report({ name, count, reach }: Program, times: Times): void {
  const step = (us: readonly number[]): string => `${((median(us) / count) * 1000).toPrecision(3)} ns`;
  const ratios = times.slice(1).map((us) => {
    if (us.length === 0) return ' - | - |';
    const each = us.map((one, round) => one / times[0]![round]!);
    return ` ${median(each).toFixed(2)} | ${quantile(each, 0.25).toFixed(2)} to ${quantile(each, 0.75).toFixed(2)} |`;
  });
  console.log(`| ${name} | ${step(times[0]!)} | ${step(times[1]!)} |${ratios.join('')} ${reach} |`);
}
