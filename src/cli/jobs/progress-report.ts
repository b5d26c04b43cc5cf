/** What is told of an execution while it runs: lines that change in place for a person, plain lines, JSON lines, or nothing. */
import type { StepProgress } from '../../batch/operator/step-progress.ts';
import type { JobExecution, StepExecution } from '../../batch/repository/job-repository.ts';
import type { Terminal } from '../terminal.ts';
import { stepData } from './execution-data.ts';
import { progressLine, StepPace } from './progress-line.ts';
import { countsText, stepLines } from './step-text.ts';

export interface ProgressReport {
  /** How often `running` wants to be called, ms. */
  readonly everyMs: number;
  began(execution: JobExecution, restarted: boolean): void;
  running(steps: readonly StepProgress[], now: number): void;
  stepEnded(step: StepExecution): void;
  stopping(): void;
  /** Before the result is printed. */
  ended(): void;
}

export interface ReportFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Of a step that goes on and on. */
const LINE_EVERY_MS = 10_000;

export function progressReport(
  { json, quiet }: ReportFlags,
  terminal: Terminal,
  expected: (stepName: string) => number | undefined,
): ProgressReport {
  if (json === true) return jsonReport(terminal, quiet === true);
  if (quiet === true) return SILENT;
  return terminal.interactive ? liveReport(terminal, expected) : lineReport(terminal);
}

const SILENT: ProgressReport = {
  everyMs: 1000,
  began() {},
  running() {},
  stepEnded() {},
  stopping() {},
  ended() {},
};

const BEGAN = (execution: JobExecution, restarted: boolean): string =>
  `${execution.jobName}: execution ${execution.id} of instance ${execution.instanceId} has ${restarted ? 'gone on' : 'begun'}`;
const STOPPING = 'Stopping at the next checkpoint; once more ends at once.';

function liveReport(terminal: Terminal, expected: (stepName: string) => number | undefined): ProgressReport {
  const paces = new Map<number, StepPace>();
  return {
    everyMs: 100,
    began: (execution, restarted) => terminal.talk(terminal.colors.dim(BEGAN(execution, restarted))),
    running(steps, now) {
      terminal.show(
        steps.map((step) => {
          let pace = paces.get(step.stepExecutionId);
          if (pace === undefined)
            paces.set(step.stepExecutionId, (pace = new StepPace(expected(step.stepName))));
          return progressLine(step, pace.see(step, now), terminal.colors);
        }),
      );
    },
    stepEnded: (step) => tell(step, terminal),
    stopping: () => terminal.talk(STOPPING),
    ended: () => terminal.show([]),
  };
}

function lineReport(terminal: Terminal): ProgressReport {
  let told: number | undefined;
  return {
    everyMs: 200,
    began: (execution, restarted) => terminal.talk(BEGAN(execution, restarted)),
    running(steps, now) {
      if (now - (told ??= now) < LINE_EVERY_MS) return;
      told = now;
      for (const { stepName, metrics } of steps) {
        const counts = countsText(metrics);
        if (counts !== '') terminal.talk(`${stepName}: ${counts}`);
      }
    },
    stepEnded: (step) => tell(step, terminal),
    stopping: () => terminal.talk(STOPPING),
    ended() {},
  };
}

function tell(step: StepExecution, terminal: Terminal): void {
  for (const line of stepLines(step, terminal)) terminal.talk(line);
}

function jsonReport(terminal: Terminal, quiet: boolean): ProgressReport {
  let told: number | undefined;
  const line = (event: string, fields: object): void => {
    if (!quiet) terminal.talk(JSON.stringify({ event, ...fields }));
  };
  return {
    everyMs: 200,
    began: ({ id, instanceId, jobName }, restarted) =>
      line(restarted ? 'job-restarted' : 'job-started', {
        job: jobName,
        execution: id,
        instance: instanceId,
      }),
    running(steps, now) {
      if (steps.length === 0 || now - (told ??= now) < 1000) return;
      told = now;
      line('progress', { steps });
    },
    stepEnded: (step) => line('step-ended', stepData(step)),
    stopping: () => line('stopping', { message: STOPPING }),
    ended() {},
  };
}
