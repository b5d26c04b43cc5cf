/** Finds, in a worker thread, the job whose partitions it is to run. */
import { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import { BatchError, BatchErrorCode } from '../batch-error.ts';
import type { JobDefinition } from '../definition/job-definition.ts';
import { resolveJob } from '../definition/resolve-job.ts';
import type { Properties, ResolvedElement, ResolvedStep } from '../definition/resolved-job.ts';
import { isJobDefinition, type WorkerSource } from '../definition/worker-source.ts';
import { whileLoadingJob } from './loading-job.ts';
import { hookJobModules } from './module-hooks.ts';

export interface LoadedStep {
  readonly step: ResolvedStep;
  readonly registry: ArtifactRegistry;
  /** Lets go of what the modules have opened: their exports called `close`. */
  close(): Promise<void>;
}

type Exports = Readonly<Record<string, unknown>>;

/** @throws BatchError WM9071, JobStartError, and what the modules throw */
export async function loadStep(
  source: WorkerSource,
  stepId: string,
  values: { readonly parameters: Properties; readonly systemProperties: Properties },
): Promise<LoadedStep> {
  hookJobModules();
  const modules: Exports[] = [];
  const load = async (module: string): Promise<Exports> => {
    const exports = (await whileLoadingJob(module, () => import(module))) as Exports;
    modules.push(exports);
    return exports;
  };
  const registry = new ArtifactRegistry(
    source.registryModule === undefined ? undefined : registryOf(await load(source.registryModule), source),
  );
  if (source.registryModule !== undefined) registry.fromModule(source.registryModule);
  for (const [name, of] of source.aliases) if (registry.find(name) === undefined) registry.alias(name, of);
  const definition = source.definition ?? exportedJob(await load(source.module!), source);
  const { elements } = resolveJob(definition, { ...values, registry });
  const step = findStep(elements, stepId);
  if (step === undefined)
    throw broken(`the job ${JSON.stringify(definition.id)} has no step ${JSON.stringify(stepId)} there`);
  return {
    step,
    registry,
    async close() {
      for (const { close } of modules) if (typeof close === 'function') await (close as () => unknown)();
    },
  };
}

function exportedJob(exports: Exports, { module, jobId }: WorkerSource): JobDefinition {
  const jobs = new Set(
    Object.values(exports)
      .filter(isJobDefinition)
      .filter(({ id }) => id === jobId),
  );
  const [job] = jobs;
  // It may be the one who loaded it that knows the module.
  if (job !== undefined && jobs.size === 1) return { ...job, module };
  const found = jobs.size === 0 ? 'no job' : `${jobs.size} jobs`;
  throw broken(`${module} exports ${found} named ${JSON.stringify(jobId)}`);
}

function registryOf(exports: Exports, { registryModule }: WorkerSource): ArtifactRegistry {
  const registry = [exports['default'], ...Object.values(exports)].find(
    (value) => value instanceof ArtifactRegistry,
  );
  if (registry === undefined) throw broken(`${registryModule} exports no ArtifactRegistry`);
  return registry;
}

const broken = (why: string): BatchError =>
  new BatchError(BatchErrorCode.workerEnded, `A worker thread cannot run partitions: ${why}`, {
    fix: 'The module must export the same job, or registry, in every thread.',
  });

function findStep(elements: readonly ResolvedElement[], id: string): ResolvedStep | undefined {
  for (const element of elements) {
    if (element.kind === 'step' && element.id === id) return element;
    const inner = element.kind === 'flow' ? element.elements : element.kind === 'split' ? element.flows : [];
    const found = findStep(inner, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
