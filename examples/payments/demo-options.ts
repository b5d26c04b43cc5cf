/** The command line of the demo. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { FAULTS, type FaultKind } from './chaos/fault.ts';
import type { LoadPattern } from './generator/load-pattern.ts';

export interface DemoOptions {
  readonly nodes: number;
  /** ms of load. */
  readonly duration: number;
  /** What is done, at random one of these at a time; empty for nothing. */
  readonly kill: readonly FaultKind[];
  /** ms between kills. */
  readonly killEvery: number;
  /** ms from a kill to the restart. */
  readonly restartAfter: number;
  /** ms that a frozen node stands still. */
  readonly freezeFor: number;
  /** NATS servers to start; 0: through sockets in a folder. */
  readonly natsServers: number;
  /** Take-over: ms that a lease lives; undefined for none. */
  readonly takeOver: number | undefined;
  /** Each node has a second process that stands by. */
  readonly standby: boolean;
  readonly pattern: LoadPattern;
  /** Where to keep everything; undefined for a temporary folder. */
  readonly data: string | undefined;
  /** Where to write what happened, as JSON Lines. */
  readonly log: string | undefined;
  /** Where to write the report, a page of HTML. */
  readonly report: string | undefined;
  readonly seed: number;
  readonly quiet: boolean;
  readonly json: boolean;
}

const DEFAULT_RATE = 400;
const DEFAULT_TAKE_OVER_MS = 6000;
/** Faults that need pairs of nodes, or NATS itself. */
const NEED_NATS: ReadonlySet<FaultKind> = new Set(['pair', 'disk', 'nats', 'takeover']);
/** Servers that keep the leases. */
const LEASE_SERVERS = 3;

interface Flags {
  nodes: number;
  instances?: number;
  duration: number;
  kill: FaultKind[];
  killEvery: number;
  restartAfter: number;
  freezeFor: number;
  nats?: boolean;
  takeOver?: number;
  standby?: boolean;
  rate?: number;
  inFlight?: number;
  data?: string;
  log?: string;
  report?: string;
  seed?: number;
  quiet?: boolean;
  json?: boolean;
}

function demoCommand(): Command {
  const kinds = Object.entries(FAULTS).map(([kind, what]) => `  ${kind.padEnd(10)}${what}`);
  return new Command('payments demo')
    .description(
      'Payments on several nodes, some of which are killed with SIGKILL every few seconds.\n' +
        'Ends with a verdict counted from the books of the load generator and of the banks; exit code 1 if it is bad.',
    )
    .addOption(new Option('--nodes <count>', 'node processes').default(4).argParser(wholeNumber))
    .addOption(new Option('--instances <count>', 'the same as --nodes').argParser(wholeNumber).hideHelp())
    .addOption(new Option('--nats', 'through a NATS server of its own, nodes in pairs that keep copies'))
    .addOption(new Option('--duration <time>', 'time under load').default(60_000, '60s').argParser(duration))
    .addOption(
      new Option('--kill <what>', 'one of the below, or several with commas, or none')
        .default(['node'], 'node')
        .argParser(faultKinds),
    )
    .addOption(
      new Option('--kill-every <time>', 'time between kills').default(5000, '5s').argParser(duration),
    )
    .addOption(
      new Option('--restart-after <time>', 'time from a kill to the restart')
        .default(100, '100ms')
        .argParser(duration),
    )
    .addOption(
      new Option('--freeze-for <time>', 'how long a frozen node stands still')
        .default(30_000, '30s')
        .argParser(duration),
    )
    .addOption(
      new Option(
        '--take-over <time>',
        'a node that is silent for so long is taken over by its peer; three NATS servers keep the leases (default: 6s with --kill takeover)',
      ).argParser(duration),
    )
    .option('--standby', 'a second process of each node waits, ready, for the first to be killed')
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
    .option('--report <file>', 'write a page of HTML with curves of what happened')
    .option('--log <file>', 'write what happened as JSON Lines')
    .addOption(new Option('--seed <number>', 'same payments, latencies and victims').argParser(wholeNumber))
    .option('--quiet', 'only the verdict')
    .option('--json', 'the verdict as JSON')
    .addHelpText(
      'after',
      `
What --kill can do (pair, disk, nats and takeover need --nats):
${kinds.join('\n')}

Examples:
  npm run demo                                          a minute, eleven kills
  npm run demo -- --nats --kill-every 10s --duration 3m --report report.html
  npm run demo -- --nats --kill node,pair,disk,nats     a bit of everything
  npm run demo -- --nats --kill takeover --kill-every 40s --duration 3m
  npm run demo -- --kill all --kill-every 15s           everything at once
  npm run demo -- --duration 10m --rate 1000 --seed 7   longer, faster, repeatable`,
    );
}

/** Reads the arguments (without `node` and the file). Prints help or what is wrong, and ends the process, by itself. */
export function readDemoOptions(args: readonly string[], randomSeed: () => number): DemoOptions {
  const command = demoCommand().parse(args as string[], { from: 'user' });
  const flags = command.opts<Flags>();
  const nats = flags.nats === true;
  const needs = flags.kill.filter((kind) => NEED_NATS.has(kind));
  if (!nats && needs.length > 0) command.error(`error: --kill ${needs.join(',')} needs --nats`);
  if (!nats && flags.takeOver !== undefined) command.error('error: --take-over needs --nats');
  const takeOver = flags.takeOver ?? (flags.kill.includes('takeover') ? DEFAULT_TAKE_OVER_MS : undefined);
  const nodes = flags.instances ?? flags.nodes;
  if (nats && nodes % 2 === 1)
    command.error('error: --nats needs an even number of nodes: they work in pairs');
  return {
    nodes,
    duration: flags.duration,
    kill: flags.kill,
    killEvery: flags.killEvery,
    restartAfter: flags.restartAfter,
    freezeFor: flags.freezeFor,
    natsServers: !nats ? 0 : takeOver === undefined ? 1 : LEASE_SERVERS,
    takeOver,
    standby: flags.standby === true,
    pattern:
      flags.inFlight === undefined
        ? { kind: 'rate', perSecond: flags.rate ?? DEFAULT_RATE }
        : { kind: 'in-flight', count: flags.inFlight },
    data: flags.data,
    log: flags.log,
    report: flags.report,
    seed: flags.seed ?? randomSeed(),
    quiet: flags.quiet === true,
    json: flags.json === true,
  };
}

function faultKinds(text: string): FaultKind[] {
  if (text === 'none') return [];
  const kinds = [...new Set(text.split(','))];
  const unknown = kinds.find((kind) => !Object.hasOwn(FAULTS, kind));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`It must be none, or some of ${Object.keys(FAULTS).join(', ')}.`);
  return kinds as FaultKind[];
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
