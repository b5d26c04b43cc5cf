/** Goes through the elements of a job or of a flow: steps, flows, splits, decisions, and what leads from one to the next (8.3 to 8.9). */
import type { Decider } from '../../artifacts/flow-artifacts.ts';
import { asError, BatchError, BatchErrorCode, LostLeaseError } from '../../batch-error.ts';
import type {
  ResolvedDecision,
  ResolvedElement,
  ResolvedSplit,
  ResolvedTransition,
} from '../../definition/resolved-job.ts';
import type { StepExecution } from '../../repository/job-repository.ts';
import { ArtifactFactory, type ThreadJobContext } from '../contexts.ts';
import type { RunContext } from '../run-context.ts';
import { runStep } from '../step/step-run.ts';
import { transitionFor } from './transitions.ts';

export type EndStatus = 'COMPLETED' | 'STOPPED' | 'FAILED';

export interface SequenceEnd {
  readonly batchStatus: EndStatus;
  /** The whole job ends here, with this status. */
  readonly terminated: boolean;
  /** Of the last element. */
  readonly exitStatus: string;
  /** What a decision after it decides on. */
  readonly lastSteps: readonly StepExecution[];
}

/**
 * @param first Id of the element to begin with; undefined: the first one.
 * @throws LostLeaseError, and what the job repository throws
 */
export async function runElements(
  run: RunContext,
  elements: readonly ResolvedElement[],
  first: string | undefined,
  job: ThreadJobContext,
): Promise<SequenceEnd> {
  const byId = new Map(elements.map((element) => [element.id, element]));
  let element = (first === undefined ? undefined : byId.get(first)) ?? elements[0]!;
  let lastSteps: readonly StepExecution[] = [];
  const visited = new Set<ResolvedElement>();
  for (;;) {
    visited.add(element);
    const end = await runElement(run, element, job, lastSteps);
    if (end.terminated) return end;
    ({ lastSteps } = end);
    const target = targetAfter(run, element, end);
    if (typeof target !== 'string') return target;
    if (run.stop.requested) return { ...end, batchStatus: 'STOPPED', terminated: true };
    const next = byId.get(target);
    if (next === undefined || visited.has(next)) {
      run.failure = new BatchError(
        BatchErrorCode.loop,
        `"${element.id}" leads to "${target}", which ${next === undefined ? 'is not there' : 'has been reached before'}`,
        { fix: 'No element may be reached twice in one execution.' },
      );
      return { ...end, batchStatus: 'FAILED', terminated: true };
    }
    element = next;
  }
}

/** The id of the next element, or how the sequence ends. */
function targetAfter(run: RunContext, element: ResolvedElement, end: SequenceEnd): string | SequenceEnd {
  const stopped = end.batchStatus === 'STOPPED';
  const transition = stopped ? undefined : transitionFor(element.transitions, end.exitStatus);
  if (transition?.kind === 'next') return transition.to!;
  if (transition !== undefined) return terminate(run, transition, end);
  if (end.batchStatus !== 'COMPLETED') return { ...end, terminated: true };
  return element.next ?? end;
}

function terminate(run: RunContext, transition: ResolvedTransition, end: SequenceEnd): SequenceEnd {
  if (transition.exitStatus !== undefined) run.state.exitStatus = transition.exitStatus;
  if (transition.kind === 'stop') run.restartAt = transition.restart;
  const statuses = { end: 'COMPLETED', fail: 'FAILED', stop: 'STOPPED', next: 'COMPLETED' } as const;
  return { ...end, batchStatus: statuses[transition.kind], terminated: true };
}

async function runElement(
  run: RunContext,
  element: ResolvedElement,
  job: ThreadJobContext,
  before: readonly StepExecution[],
): Promise<SequenceEnd> {
  switch (element.kind) {
    case 'flow':
      return runElements(run, element.elements, undefined, job);
    case 'split':
      return runSplit(run, element, job);
    case 'decision':
      return decide(run, element, job, before);
    case 'step':
      break;
  }
  try {
    const execution = await runStep(run, element, job);
    return {
      batchStatus: execution.batchStatus as EndStatus,
      terminated: false,
      exitStatus: execution.exitStatus ?? execution.batchStatus,
      lastSteps: [execution],
    };
  } catch (error) {
    if (!(error instanceof BatchError) || error.code !== BatchErrorCode.startLimit) throw error;
    run.failure = error;
    return { batchStatus: 'FAILED', terminated: true, exitStatus: 'FAILED', lastSteps: [] };
  }
}

/** All flows at the same time; when one ends the job, the others still run to their ends. */
async function runSplit(run: RunContext, split: ResolvedSplit, job: ThreadJobContext): Promise<SequenceEnd> {
  const settled = await Promise.allSettled(
    split.flows.map((flow) => runElements(run, [flow], undefined, job.forFlow())),
  );
  const ends = settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  const worst = (['FAILED', 'STOPPED'] as const).find((status) =>
    ends.some(({ batchStatus }) => batchStatus === status),
  );
  const batchStatus = worst ?? 'COMPLETED';
  return {
    batchStatus,
    terminated: ends.some(({ terminated }) => terminated),
    exitStatus: batchStatus,
    lastSteps: ends.flatMap(({ lastSteps }) => lastSteps),
  };
}

async function decide(
  run: RunContext,
  decision: ResolvedDecision,
  job: ThreadJobContext,
  before: readonly StepExecution[],
): Promise<SequenceEnd> {
  try {
    const decider = new ArtifactFactory(run.stop.signal, job).make<Decider>(
      decision.decider,
      'decider',
      'decide',
    );
    const exitStatus: unknown = await decider.decide(before);
    if (typeof exitStatus !== 'string')
      throw new BatchError(
        BatchErrorCode.wrongArtifact,
        `The decider of "${decision.id}" gave ${String(exitStatus)} instead of an exit status`,
        { fix: 'Return a text.' },
      );
    job.exitStatus = exitStatus;
    return { batchStatus: 'COMPLETED', terminated: false, exitStatus, lastSteps: before };
  } catch (error) {
    if (error instanceof LostLeaseError) throw error;
    run.failure = asError(error);
    return { batchStatus: 'FAILED', terminated: true, exitStatus: 'FAILED', lastSteps: before };
  }
}
