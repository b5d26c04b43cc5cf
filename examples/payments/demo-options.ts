/** The command line of the demo. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { LoadPattern } from './generator/load-pattern.ts';

export type KillMode = 'node' | 'all' | 'none';

export interface DemoOptions {
  readonly nodes: number;
  /** ms of load. */
  readonly duration: number;
  readonly kill: KillMode;
  /** ms between kills. */
  readonly killEvery: number;
  readonly pattern: LoadPattern;
  /** Where to keep everything; undefined for a temporary folder. */
  readonly data: string | undefined;
  readonly seed: number;
  readonly quiet: boolean;
  readonly json: boolean;
}

const DEFAULT_RATE = 400;

interface Flags {
  nodes: number;
  duration: number;
  kill: KillMode;
  killEvery: number;
  rate?: number;
  inFlight?: number;
  data?: string;
  seed?: number;
  quiet?: boolean;
  json?: boolean;
}

/** Reads the arguments (without `node` and the file). Prints help or what is wrong, and ends the process, by itself. */
export function readDemoOptions(args: readonly string[], randomSeed: () => number): DemoOptions {
  const flags = new Command('payments demo')
    .description(
      'Payments on several nodes, some of which are killed with SIGKILL every few seconds.\n' +
        'Ends with a verdict counted from the books of the load generator and of the banks; exit code 1 if it is bad.',
    )
    .addOption(new Option('--nodes <count>', 'node processes').default(4).argParser(wholeNumber))
    .addOption(new Option('--duration <time>', 'time under load').default(60_000, '60s').argParser(duration))
    .addOption(
      new Option('--kill <what>', 'one node, or all processes of the demo at once')
        .choices(['node', 'all', 'none'])
        .default('node'),
    )
    .addOption(
      new Option('--kill-every <time>', 'time between kills').default(5000, '5s').argParser(duration),
    )
    .addOption(
      new Option(
        '--rate <count>',
        `payments per second, however many are under way (default: ${DEFAULT_RATE})`,
      )
        .argParser(wholeNumber)
        .conflicts('inFlight'),
    )
    .addOption(new Option('--in-flight <count>', 'keep so many payments under way').argParser(wholeNumber))
    .option(
      '--data <folder>',
      'keep data, books and logs here; go on with what is there (default: temporary)',
    )
    .addOption(new Option('--seed <number>', 'same payments, latencies and victims').argParser(wholeNumber))
    .option('--quiet', 'only the verdict')
    .option('--json', 'the verdict as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npm run demo                                          a minute, eleven kills
  npm run demo -- --kill all --kill-every 15s           everything at once
  npm run demo -- --duration 10m --rate 1000 --seed 7   longer, faster, repeatable`,
    )
    .parse(args as string[], { from: 'user' })
    .opts<Flags>();
  return {
    nodes: flags.nodes,
    duration: flags.duration,
    kill: flags.kill,
    killEvery: flags.killEvery,
    pattern:
      flags.inFlight === undefined
        ? { kind: 'rate', perSecond: flags.rate ?? DEFAULT_RATE }
        : { kind: 'in-flight', count: flags.inFlight },
    data: flags.data,
    seed: flags.seed ?? randomSeed(),
    quiet: flags.quiet === true,
    json: flags.json === true,
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `500ms`, `5s`, `1.5m`; milliseconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('It must be a time such as 500ms, 5s or 2m.');
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
}
