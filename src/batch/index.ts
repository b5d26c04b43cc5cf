/** `waymark/batch`: chunk batch with checkpoints, as in Jakarta Batch 2.1. */
export * from './artifacts/artifact-context.ts';
export { ArtifactRegistry } from './artifacts/artifact-registry.ts';
export * from './artifacts/chunk-artifacts.ts';
export {
  FileNotFoundException,
  IllegalArgumentException,
  IllegalStateException,
  IOException,
  RuntimeException,
  SQLException,
} from './artifacts/exception-classes.ts';
export * from './artifacts/flow-artifacts.ts';
export * from './artifacts/listeners.ts';
export * from './batch-error.ts';
export {
  artifact,
  type ArtifactInput,
  type BatchletInput,
  idempotent,
  inTransaction,
  type ListenerInput,
  type ProcessorInput,
  type ReaderInput,
  type WriterInput,
} from './builder/artifact-inputs.ts';
export type { ReaderSource } from './builder/iterable-reader.ts';
export {
  type DeciderInput,
  ElementList,
  type ElementOptions,
  job,
  JobBuilder,
  type JobOptions,
} from './builder/job-builder.ts';
export {
  type BatchletOptions,
  type ChunkOptions,
  end,
  type Ending,
  type ErrorFilter,
  fail,
  type PartitionOptions,
  type StepOptions,
  stop,
  type Transitions,
} from './builder/step-options.ts';
export * from './definition/job-definition.ts';
export type { BatchObserver } from './engine/batch-observer.ts';
export type { BatchEnvironment } from './engine/batch-environment.ts';
export { processEnvironment } from './engine/process-environment.ts';
export * from './items/index.ts';
export { JobXmlError, type JobXmlProblem, parseBatchXml, parseJobXml } from './job-xml/index.ts';
export type { PartitionEvent, PartitionNode, PartitionNodes } from './nodes/partition-nodes.ts';
export { JobOperator, type JobOperatorOptions, type StartOptions } from './operator/job-operator.ts';
export type { StepProgress } from './operator/step-progress.ts';
export * from './repository/job-repository.ts';
export { MemoryJobRepository } from './repository/memory.ts';
export { openDatabaseRepository, openFolderRepository } from './repository/open-job-repository.ts';
export {
  type SqlChunkTransaction,
  SqlTransactionResource,
  type SqlTransactionResourceOptions,
} from './transaction/sql-transaction-resource.ts';
export * from './transaction/transaction-resource.ts';
export {
  ConflictError,
  ConnectionLostError,
  ConstraintViolationError,
  DatabaseError,
} from '../database/database-error.ts';
export { openDatabase } from '../database/open-database.ts';
export type { SqlDatabase, SqlRow, SqlSession, SqlTransaction } from '../database/sql-database.ts';
