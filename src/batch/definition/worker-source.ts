/** Where a worker thread finds a job: functions cannot be sent to one, so it loads the modules that they are in. */
import type { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import type { JobDefinition } from './job-definition.ts';

/** Plain data, sent to the thread. */
export interface WorkerSource {
  readonly jobId: string;
  /** URL of the module that exports the job; undefined: the definition is here. */
  readonly module: string | undefined;
  readonly definition: JobDefinition | undefined;
  /** URL of the module that exports the artifact registry, if there is one. */
  readonly registryModule: string | undefined;
  /** Further names of artifacts, given after the registry was loaded. */
  readonly aliases: readonly (readonly [name: string, of: string])[];
}

/** @returns undefined if the job has functions, or uses a registry, and nobody has said which module they come from */
export function workerSourceOf(
  definition: JobDefinition,
  registry: ArtifactRegistry,
): WorkerSource | undefined {
  const common = { jobId: definition.id, registryModule: registry.module, aliases: registry.aliases };
  if (definition.module !== undefined) return { ...common, module: definition.module, definition: undefined };
  if (registry.module === undefined || hasFunctions(definition)) return undefined;
  return { ...common, module: undefined, definition };
}

function hasFunctions(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFunctions);
}

/** Whether a value that a module exports is a job. */
export const isJobDefinition = (value: unknown): value is JobDefinition =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { id?: unknown }).id === 'string' &&
  Array.isArray((value as { elements?: unknown }).elements);
