/** What the batch engine reports. Classes of the job operator have the names that Jakarta Batch gives them (section 10.9.6). */
import { WaymarkError } from '../waymark-error.ts';
import type { SourcePlace } from './definition/job-definition.ts';

/** Codes of everything that the engine reports. They are stable. Job XML has 9001 to 9029. */
export const BatchErrorCode = {
  lostLease: 'WM9030',
  jobStart: 'WM9040',
  invalidValue: 'WM9041',
  substitution: 'WM9042',
  duplicateId: 'WM9043',
  noSuchElement: 'WM9044',
  loop: 'WM9045',
  misplaced: 'WM9046',
  unknownArtifact: 'WM9047',
  unknownException: 'WM9048',
  incomplete: 'WM9049',
  noSuchJob: 'WM9050',
  noSuchJobInstance: 'WM9051',
  noSuchJobExecution: 'WM9052',
  executionIsRunning: 'WM9053',
  executionNotRunning: 'WM9054',
  executionNotMostRecent: 'WM9055',
  alreadyComplete: 'WM9056',
  restart: 'WM9057',
  wrongArtifact: 'WM9060',
  transactionTimeout: 'WM9061',
  partitionsChanged: 'WM9062',
  startLimit: 'WM9063',
  checkpointNotSaved: 'WM9064',
  recordUnreadable: 'WM9065',
  cannotGoBack: 'WM9066',
  partitionPlan: 'WM9067',
  otherResource: 'WM9068',
  repository: 'WM9069',
  workerSource: 'WM9070',
  workerEnded: 'WM9071',
  startedByWorker: 'WM9072',
  notSent: 'WM9073',
  nodeLost: 'WM9074',
  otherCode: 'WM9075',
  notShared: 'WM9076',
  stoppedListUnreadable: 'WM9077',
} as const;

export type BatchErrorCode = (typeof BatchErrorCode)[keyof typeof BatchErrorCode];

/** Anything that goes wrong in a job and is not an artifact's own error. */
export class BatchError extends WaymarkError {
  constructor(code: BatchErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(code, message, options);
  }
}

/** This run of an execution is no longer the owner: its lease ran out and another one has begun, or may. Nothing of it is kept any more. */
export class LostLeaseError extends BatchError {
  constructor(what: string) {
    super(
      BatchErrorCode.lostLease,
      `${what}: the lease of this run is lost; another run may own the job now`,
      {
        fix: 'Nothing: the run that owns the job now goes on from the last checkpoint. If it happens often, give leases more time.',
      },
    );
  }
}

/** The transaction of a chunk has taken longer than it may. Nothing of it is kept. */
export class TransactionTimeoutError extends BatchError {
  /** @param isWaiting Something that was called in it has not answered, and is not waited for any longer. */
  constructor(what: string, timeoutMs: number, isWaiting: boolean) {
    const more = isWaiting ? ', and what it waits for has not come' : '';
    super(
      BatchErrorCode.transactionTimeout,
      `The transaction of a chunk of ${what} has taken more than ${timeoutMs / 1000} s${more}`,
      {
        fix: isWaiting
          ? 'Give calls over the network a time limit of their own; make chunks smaller, or give them more time (0 is without limit).'
          : 'Make chunks smaller, or give them more time; 0 is without limit.',
      },
    );
  }
}

/** Why a node does not run a partition any more, or does not begin to. */
export type NodeLoss = 'silent' | 'left' | 'full' | 'closed';

/** The node that was to run a partition is gone. Another one goes on with it after its last checkpoint. */
export class NodeLostError extends BatchError {
  readonly loss: NodeLoss;

  constructor(node: string, loss: NodeLoss) {
    const why = {
      silent: 'is not heard of any more',
      left: 'has stopped',
      full: 'has no room for it',
      closed: 'has given it up',
    }[loss];
    super(BatchErrorCode.nodeLost, `The node ${node}, which was to run a partition, ${why}`, {
      fix: 'If nodes are lost again and again, find out whether it is this partition that ends them (memory, process.exit); then restart the job.',
    });
    this.loss = loss;
  }
}

/** A node has a job of the same name and other code. */
export class OtherCodeError extends BatchError {
  constructor(jobName: string, node: string) {
    super(
      BatchErrorCode.otherCode,
      `The node ${node} runs no partitions of the job ${JSON.stringify(jobName)}: the code of the job is not the same there`,
      {
        fix: 'Give all nodes the same modules of the job, and start those anew whose modules have been changed. Until then other nodes run its partitions.',
      },
    );
  }
}

/** One thing that is wrong with a job definition. */
export interface JobProblem {
  readonly code: BatchErrorCode;
  readonly message: string;
  readonly place: SourcePlace | undefined;
}

export const placeText = (place: SourcePlace | undefined): string =>
  place === undefined ? '' : `${place.file}:${place.line}:${place.column}: `;

const compare = (one: SourcePlace | undefined, other: SourcePlace | undefined): number =>
  (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0);

/** A job cannot start; everything that is wrong with it is in `problems`, in the order of the document. */
export class JobStartError extends BatchError {
  readonly problems: readonly JobProblem[];

  constructor(jobName: string, problems: readonly JobProblem[]) {
    const inOrder = problems.toSorted((one, other) => compare(one.place, other.place));
    const lines = inOrder.map(({ code, message, place }) => `\n  ${placeText(place)}${message} (${code})`);
    super(BatchErrorCode.jobStart, `The job ${JSON.stringify(jobName)} cannot start:${lines.join('')}`, {
      fix: 'Correct the definition of the job, or the parameters that it was started with. Nothing has been run.',
    });
    this.problems = inOrder;
  }
}

export class NoSuchJobError extends BatchError {
  constructor(jobName: string) {
    super(BatchErrorCode.noSuchJob, `There is no job ${JSON.stringify(jobName)}`, {
      fix: 'Check the name; the names that are known are those of the definitions and of the job repository.',
    });
  }
}

export class NoSuchJobInstanceError extends BatchError {
  constructor(instanceId: number) {
    super(BatchErrorCode.noSuchJobInstance, `There is no job instance ${instanceId}`, {
      fix: 'Check the id; it may have been purged.',
    });
  }
}

export class NoSuchJobExecutionError extends BatchError {
  constructor(executionId: number) {
    super(BatchErrorCode.noSuchJobExecution, `There is no job execution ${executionId}`, {
      fix: 'Check the id; it may have been purged.',
    });
  }
}

export class JobExecutionIsRunningError extends BatchError {
  readonly executionId: number;

  constructor(executionId: number, owner: string | undefined) {
    const where = owner === undefined ? '' : ` in ${owner}`;
    super(BatchErrorCode.executionIsRunning, `Job execution ${executionId} is running${where}`, {
      fix: 'Wait until it has ended, or stop it first. If its process is dead, its lease runs out soon, and then it counts as failed.',
    });
    this.executionId = executionId;
  }
}

export class JobExecutionNotRunningError extends BatchError {
  constructor(executionId: number, status: string) {
    super(
      BatchErrorCode.executionNotRunning,
      `Job execution ${executionId} is not running, it is ${status}`,
      {
        fix: 'Only what is running can be stopped.',
      },
    );
  }
}

export class JobExecutionNotMostRecentError extends BatchError {
  constructor(executionId: number, newest: number) {
    super(
      BatchErrorCode.executionNotMostRecent,
      `Job execution ${executionId} is not the most recent of its instance, that is ${newest}`,
      { fix: `Restart ${newest}.` },
    );
  }
}

export class JobExecutionAlreadyCompleteError extends BatchError {
  constructor(what: string) {
    super(BatchErrorCode.alreadyComplete, `${what} has completed`, {
      fix: 'Start a new instance: with other identifying parameters, if instances are told apart by them.',
    });
  }
}

export class JobRestartError extends BatchError {
  constructor(what: string, why: string) {
    super(BatchErrorCode.restart, `${what} cannot be restarted: ${why}`, {
      fix: 'Only the most recent execution of an instance can be restarted, when it has FAILED or STOPPED and the job is restartable.',
    });
  }
}

/** What an artifact threw, as an Error. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(
    typeof thrown === 'string' ? thrown : `Something that is no Error was thrown: ${String(thrown)}`,
    {
      cause: thrown,
    },
  );
}
