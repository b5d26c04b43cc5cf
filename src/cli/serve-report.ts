/** What `waymark serve` tells: a banner and sentences for a person, one JSON object per line for everything else. */
import { CompileError } from '../compiler/diagnostics/diagnostic.ts';
import { diagnosticsText } from './diagnostic-text.ts';
import { errorAsData } from './error-report.ts';
import type { ReplicationStatus } from '../node/replication/replication-session.ts';
import type { Terminal } from './terminal.ts';

export interface LoadedScript {
  /** Subject under which it is served. */
  readonly name: string;
  readonly hash: string;
}

export interface FailedScript {
  /** As a person would type it. */
  readonly file: string;
  /** Each starts with `file:line:column code`. */
  readonly reasons: readonly string[];
}

export interface ServingReport {
  readonly version: string;
  readonly pid: number;
  readonly dataFolder: string;
  /** In words: `local, mesh in /tmp/mesh`. */
  readonly transport: string;
  /** In words; undefined without a peer. */
  readonly replication: string | undefined;
  /** Where metrics are; undefined for nowhere. */
  readonly http: string | undefined;
  readonly loaded: readonly LoadedScript[];
  readonly failed: readonly FailedScript[];
  /** Names of jobs; undefined without --jobs. */
  readonly jobs?: readonly string[] | undefined;
  /** Jobs that cannot be used. */
  readonly failedJobs?: readonly FailedScript[];
  /** Instances that go on from their checkpoint. */
  readonly recovered: number;
  /** Instances that could not be restored, or that have failed before; a person should look at them. */
  readonly attention: number;
}

/** What happened since the report before. */
export interface Activity {
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly checkpoints: number;
  readonly rejected: number;
  /** Now. */
  readonly inFlight: number;
}

export interface ServeReporter {
  serving(report: ServingReport): void;
  activity(activity: Activity): void;
  /** Something that happened once. `details` are shown to programs only. */
  event(event: string, sentence: string, details?: Readonly<Record<string, unknown>>): void;
  problem(event: string, error: unknown, details?: Readonly<Record<string, unknown>>): void;
}

export const reporterFor = (terminal: Terminal, json: boolean): ServeReporter =>
  json ? jsonReporter(terminal) : textReporter(terminal);

/** `on node-1, in step`; undefined for no peer. */
export function replicationSentence(status: ReplicationStatus | undefined): string | undefined {
  if (status === undefined) return undefined;
  const states: Record<ReplicationStatus['state'], string> = {
    connecting: `on ${status.peer}, not reached yet`,
    'catching-up': `on ${status.peer}, catching up`,
    'in-step': `on ${status.peer}, in step`,
    alone: `DEGRADED, nothing on ${status.peer}: ${status.reason}`,
    'taken-over': `this node was taken over: ${status.reason}`,
    closed: `on ${status.peer}, closed`,
  };
  return states[status.state];
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The start banner, without colours. */
export function bannerLines(report: ServingReport): readonly (readonly [label: string, text: string])[] {
  const { loaded, failed, recovered, attention } = report;
  const names = loaded.map((script) => script.name).join(', ');
  const needs = attention === 0 ? '' : `, ${attention} ${attention === 1 ? 'needs' : 'need'} attention`;
  return [
    ['Data', report.dataFolder],
    ['Transport', report.transport],
    ...(report.replication === undefined ? [] : [['Copies', report.replication] as const]),
    ...(report.http === undefined ? [] : [['Metrics', `${report.http}/metrics`] as const]),
    ['Scripts', `${loaded.length} ok, ${failed.length} failed${names === '' ? '' : `: ${names}`}`],
    ...failed.flatMap(({ reasons }) => reasons.map((reason) => ['', reason] as const)),
    ...jobLines(report),
    ['Recovered', `${plural(recovered, 'instance')}${needs}`],
  ];
}

function jobLines({ jobs, failedJobs = [] }: ServingReport): readonly (readonly [string, string])[] {
  if (jobs === undefined) return [];
  const names = jobs.length === 0 ? '' : `: ${jobs.join(', ')}`;
  return [
    ['Jobs', `${jobs.length} ok, ${failedJobs.length} failed${names}`],
    ...failedJobs.flatMap(({ reasons }) => reasons.map((reason) => ['', reason] as const)),
  ];
}

function textReporter(terminal: Terminal): ServeReporter {
  const { colors } = terminal;
  const talk = (text: string): void => terminal.talk(text);
  return {
    serving(report) {
      talk(`${colors.bold('Waymark')} ${report.version}`);
      for (const [label, text] of bannerLines(report)) {
        talk(`  ${colors.dim(label.padEnd(9))}  ${label === '' ? colors.red(text) : text}`);
      }
      talk(`  ${colors.green('Serving')} as process ${report.pid}. Press Ctrl-C to stop.`);
    },
    activity() {
      // A person would not read a line every second.
    },
    event: (_event, sentence) => talk(`  ${sentence}`),
    problem(_event, error, { script, id, file } = {}) {
      if (error instanceof CompileError) {
        talk(
          `  ${colors.red('problem:')} ${typeof file === 'string' ? file : 'a script'} is refused; what was served before still is`,
        );
        talk(indented(diagnosticsText(error.diagnostics, terminal.directory)));
        return;
      }
      const { name, code, message, fix, stack = [] } = errorAsData(error);
      const which = typeof script === 'string' ? `${script} ${String(id)}: ` : '';
      const what = code === undefined && name !== undefined ? `${name}: ${message}` : message;
      talk(
        `  ${colors.red('problem:')} ${which}${what}${code === undefined ? '' : colors.dim(` (${code})`)}`,
      );
      if (fix !== undefined && fix !== '') talk(`    ${fix}`);
      for (const place of stack) talk(colors.dim(`      at ${place}`));
    },
  };
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

function jsonReporter(terminal: Terminal): ServeReporter {
  const line = (level: string, event: string, details: object): void =>
    terminal.talk(JSON.stringify({ time: new Date().toISOString(), level, event, ...details }));
  return {
    serving: (report) => line('info', 'serving', report),
    activity: (activity) => line('info', 'activity', activity),
    event: (event, sentence, details) => line('info', event, { message: sentence, ...details }),
    problem: (event, error, details) => line('error', event, { error: errorAsData(error), ...details }),
  };
}
