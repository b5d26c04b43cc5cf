/** `resolveJob`: from a job as it was written to one that can run. */
import type { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import { BatchErrorCode, JobStartError, type JobProblem } from '../batch-error.ts';
import { checkElements } from './check-elements.ts';
import type { ExecutionElementDefinition, FlowDefinition, JobDefinition } from './job-definition.ts';
import { resolveStep, resolveTransitions } from './resolve-step.ts';
import type { Properties, ResolvedElement, ResolvedFlow, ResolvedJob, ResolvedStep } from './resolved-job.ts';
import { ValueScope } from './value-scope.ts';
import { workerSourceOf } from './worker-source.ts';

export interface ResolveOptions {
  readonly parameters: Properties;
  readonly systemProperties: Properties;
  readonly registry: ArtifactRegistry;
}

/**
 * Replaces every `#{...}`, reads every value as what its field takes, finds every artifact and exception class, and checks that the elements can
 * be gone through: everything that can be known before anything runs.
 * @throws JobStartError with all problems, each with its place
 */
export function resolveJob(definition: JobDefinition, options: ResolveOptions): ResolvedJob {
  const problems: JobProblem[] = [];
  const jobScope = (found: JobProblem[]): { scope: ValueScope; properties: Properties } =>
    new ValueScope(
      {
        jobParameters: options.parameters,
        systemProperties: options.systemProperties,
        jobProperties: {},
        partitionPlan: undefined,
      },
      options.registry,
      found,
    ).inside(definition.properties);
  const failing = (found: readonly JobProblem[]): JobStartError => new JobStartError(definition.id, found);
  const fresh = (): { scope: ValueScope; problems: JobProblem[] } => {
    const found: JobProblem[] = [];
    return { scope: jobScope(found).scope, problems: found };
  };
  const { scope, properties } = jobScope(problems);

  const workerSource = workerSourceOf(definition, options.registry);

  const resolve = (element: ExecutionElementDefinition): ResolvedElement => {
    const { place } = element;
    const id = scope.text(element.id, place) ?? element.id;
    switch (element.kind) {
      case 'step':
        return findable(resolveStep(element, scope, fresh, failing));
      case 'flow':
        return flow(element);
      case 'split':
        if (element.flows.length === 0)
          scope.report(BatchErrorCode.incomplete, `the split "${id}" has no flows`, place);
        return {
          kind: 'split',
          id,
          place,
          next: scope.text(element.next, place),
          flows: element.flows.map(flow),
          transitions: [],
        };
      case 'decision':
        return {
          kind: 'decision',
          id,
          place,
          next: undefined,
          decider: scope.artifact(element.decider, 'decider'),
          transitions: resolveTransitions(element.transitions, scope),
        };
    }
  };
  const flow = (element: FlowDefinition): ResolvedFlow => ({
    kind: 'flow',
    id: scope.text(element.id, element.place) ?? element.id,
    place: element.place,
    next: scope.text(element.next, element.place),
    elements: element.elements.map(resolve),
    transitions: resolveTransitions(element.transitions, scope),
  });

  const findable = (step: ResolvedStep): ResolvedStep => {
    const { workers = 0, nodes = 1 } = step.partitioning ?? {};
    if ((workers > 0 || nodes > 1) && workerSource === undefined)
      scope.report(
        BatchErrorCode.workerSource,
        `${nodes > 1 ? 'other nodes' : 'worker threads'} cannot find the partitions of step "${step.id}": give job() the module that exports the job ({ module: import.meta.url }), or of job XML the registry its module (registry.fromModule(import.meta.url))`,
        step.place,
      );
    return step;
  };

  const job: ResolvedJob = {
    id: definition.id,
    workerSource,
    systemProperties: options.systemProperties,
    restartable: scope.truth('restartable', definition.restartable, true, definition.place),
    properties,
    listeners: scope.artifacts(definition.listeners, 'listener'),
    elements: definition.elements.map(resolve),
  };
  problems.push(...checkElements(job, definition.place));
  if (problems.length > 0) throw failing(problems);
  return job;
}
