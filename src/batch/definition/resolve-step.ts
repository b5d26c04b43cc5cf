/** A step with every value known: once for the whole step, and once per partition. */
import { BatchErrorCode, type JobProblem } from '../batch-error.ts';
import type {
  ArtifactReference,
  ChunkDefinition,
  PartitionDefinition,
  StepDefinition,
  TransitionDefinition,
} from './job-definition.ts';
import type {
  Properties,
  ResolvedArtifact,
  ResolvedChunk,
  ResolvedPartitioning,
  ResolvedStep,
  ResolvedTransition,
  ResolvedWork,
} from './resolved-job.ts';
import type { ValueScope } from './value-scope.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const DEFAULT_TIMEOUT_SECONDS = 180;

/** @param failing Makes what is thrown when the values of a partition are wrong. */
export function resolveStep(
  step: StepDefinition,
  outer: ValueScope,
  fresh: () => { scope: ValueScope; problems: JobProblem[] },
  failing: (problems: readonly JobProblem[]) => Error,
): ResolvedStep {
  const scope = step.partition === undefined ? outer : outer.partitioned('later');
  const { place } = step;
  return {
    kind: 'step',
    id: outer.text(step.id, place) ?? step.id,
    place,
    // Of the step and not of its partitions: no plan is known here.
    next: outer.text(step.next, place),
    startLimit: outer.whole('start-limit', step.startLimit, 0, 0, place),
    allowStartIfComplete: outer.truth('allow-start-if-complete', step.allowStartIfComplete, false, place),
    transitions: resolveTransitions(step.transitions, outer),
    partitioning: step.partition === undefined ? undefined : resolvePartitioning(step.partition, step, scope),
    ...resolveWork(step, scope),
    forPartition(plan) {
      const { scope: again, problems } = fresh();
      const inPartition = again.partitioned(plan);
      const work = resolveWork(step, inPartition);
      const collector = optional(
        step.partition?.collector,
        inPartition.inside(step.properties).scope,
        'collector',
      );
      if (problems.length > 0) throw failing(problems);
      return { ...work, collector };
    },
  };
}

export function resolveTransitions(
  transitions: readonly TransitionDefinition[],
  scope: ValueScope,
): ResolvedTransition[] {
  return transitions.map((transition) => {
    const { kind, place } = transition;
    return {
      kind,
      on: scope.text(transition.on, place) ?? '',
      to: kind === 'next' ? scope.text(transition.to, place) : undefined,
      exitStatus: kind === 'next' ? undefined : scope.text(transition.exitStatus, place),
      // Nothing, after substitution, is nowhere: the restart begins with the job.
      restart: (kind === 'stop' ? scope.text(transition.restart, place) : undefined) || undefined,
      place,
    };
  });
}

function resolveWork(step: StepDefinition, outer: ValueScope): ResolvedWork {
  const { scope, properties } = outer.inside(step.properties);
  return {
    properties,
    listeners: scope.artifacts(step.listeners, 'listener'),
    work:
      step.work.kind === 'chunk'
        ? resolveChunk(step.work, properties, scope)
        : { kind: 'batchlet', artifact: scope.artifact(step.work, 'batchlet') },
  };
}

function resolveChunk(chunk: ChunkDefinition, step: Properties, scope: ValueScope): ResolvedChunk {
  const { place } = chunk;
  const policy = scope.word('checkpoint-policy', chunk.checkpointPolicy, ['item', 'custom'], 'item', place);
  const custom = policy === 'custom';
  if (custom && chunk.checkpointAlgorithm === undefined)
    scope.report(BatchErrorCode.incomplete, 'checkpoint-policy "custom" needs a checkpoint-algorithm', place);
  const itemCount = scope.whole('item-count', chunk.itemCount, 1, 10, place);
  const timeLimit = scope.whole('time-limit', chunk.timeLimit, 0, 0, place);
  // Job XML has no way to say it: an item-count that is missing is 10.
  const timeOnly =
    scope.word('waymark.checkpoint', step['waymark.checkpoint'], ['items', 'time'], 'items', place) ===
    'time';
  if (timeOnly && timeLimit === 0)
    scope.report(BatchErrorCode.incomplete, 'waymark.checkpoint "time" needs a time-limit', place);
  if (timeOnly && chunk.itemCount !== undefined)
    scope.report(
      BatchErrorCode.invalidValue,
      'waymark.checkpoint "time" does not count items: leave item-count out',
      place,
    );
  const timeout = step['jakarta.transaction.global.timeout'] ?? step['javax.transaction.global.timeout'];
  const recovery = chunk.recovery ?? step['waymark.recovery'];
  return {
    kind: 'chunk',
    itemCount: custom || timeOnly ? Infinity : itemCount,
    timeLimitMs: custom ? 0 : timeLimit * 1000,
    skipLimit: limit('skip-limit', chunk.skipLimit),
    retryLimit: limit('retry-limit', chunk.retryLimit),
    reader: scope.artifact(chunk.reader, 'reader'),
    processor: optional(chunk.processor, scope, 'processor'),
    writer: scope.artifact(chunk.writer, 'writer'),
    algorithm: custom ? optional(chunk.checkpointAlgorithm, scope, 'checkpoint-algorithm') : undefined,
    skippable: scope.filter(chunk.skippable),
    retryable: scope.filter(chunk.retryable),
    noRollback: scope.filter(chunk.noRollback),
    recovery: scope.word('waymark.recovery', recovery, ['reread', 'scan'], 'reread', place),
    limits: scope.word(
      'waymark.limits',
      chunk.limits ?? step['waymark.limits'],
      ['execution', 'instance'],
      'execution',
      place,
    ),
    timeoutMs:
      scope.whole('jakarta.transaction.global.timeout', timeout, 0, DEFAULT_TIMEOUT_SECONDS, place) * 1000,
  };

  function limit(field: string, written: ChunkDefinition['skipLimit']): number {
    const value = scope.whole(field, written, 0, MAX, place);
    return value === MAX ? Infinity : value;
  }
}

function resolvePartitioning(
  { plan, mapper, collector, analyzer, reducer, workers, nodes, place }: PartitionDefinition,
  step: StepDefinition,
  outer: ValueScope,
): ResolvedPartitioning {
  const { scope, properties: ofStep } = outer.inside(step.properties);
  if ((plan === undefined) === (mapper === undefined))
    scope.report(BatchErrorCode.incomplete, 'a partition has either a plan or a mapper', place);
  const partitions = scope.whole('partitions', plan?.partitions, 1, 1, plan?.place);
  const properties = new Map<number, Properties>();
  for (const { partition, properties: definitions, place: at = plan?.place } of plan?.properties ?? []) {
    const index = scope.whole('partition', partition, 0, 0, at);
    if (properties.has(index))
      scope.report(BatchErrorCode.partitionPlan, `there are properties for partition ${index} twice`, at);
    if (index >= partitions)
      scope.report(
        BatchErrorCode.partitionPlan,
        `there are properties for partition ${index}, but partitions are 0 to ${partitions - 1}`,
        at,
      );
    properties.set(index, scope.inside(definitions).properties);
  }
  return {
    workers: scope.whole('waymark.workers', workers ?? ofStep['waymark.workers'], 0, 0, place),
    nodes: scope.wholeOrAll('waymark.nodes', nodes ?? ofStep['waymark.nodes'], 1, 1, place),
    plan:
      plan === undefined
        ? undefined
        : {
            partitions,
            threads: scope.whole('threads', plan.threads, 0, 0, plan.place) || partitions,
            properties,
          },
    mapper: optional(mapper, scope, 'mapper'),
    collector: optional(collector, scope, 'collector'),
    analyzer: optional(analyzer, scope, 'analyzer'),
    reducer: optional(reducer, scope, 'reducer'),
  };
}

const optional = (
  reference: ArtifactReference | undefined,
  scope: ValueScope,
  what: string,
): ResolvedArtifact | undefined => (reference === undefined ? undefined : scope.artifact(reference, what));
