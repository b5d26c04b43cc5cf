/** The job files of `jobs/`, and what one execution of such a job comes to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactContext } from '../../../src/batch/artifacts/artifact-context.ts';
import { ArtifactRegistry } from '../../../src/batch/artifacts/artifact-registry.ts';
import { parseBatchXml, parseJobXml } from '../../../src/batch/job-xml/index.ts';
import { JobOperator } from '../../../src/batch/operator/job-operator.ts';
import type {
  BatchStatus,
  JobExecution,
  StepExecution,
} from '../../../src/batch/repository/job-repository.ts';
import { VirtualEnvironment } from '../virtual-environment.ts';
import { everyNth, ledgerWriter, orderReader, priceProcessor } from './artifacts/chunk-parts.ts';
import { registerExceptions } from './artifacts/exceptions.ts';
import {
  ledgerReducer,
  progressAnalyzer,
  progressCollector,
  propertyBatchlet,
  rangeMapper,
  statusDecider,
  taskBatchlet,
} from './artifacts/flow-parts.ts';
import { auditListener } from './artifacts/listeners.ts';
import { ranges, type Shop, shown } from './artifacts/shop.ts';

const HERE = import.meta.dirname;
const JOBS = join(HERE, 'jobs');
/** Slow artifacts make virtual time pass at once, which leases do not survive. */
const DAY = 86_400_000;

export const jobFileNames = (): readonly string[] =>
  readdirSync(JOBS)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => name.slice(0, -'.xml'.length))
    .toSorted();

export const jobText = (name: string): string => readFileSync(join(JOBS, `${name}.xml`), 'utf8');

const CLASSES = {
  OrderReader: orderReader,
  PriceProcessor: priceProcessor,
  LedgerWriter: ledgerWriter,
  EveryNth: everyNth,
  AuditListener: auditListener,
  TaskBatchlet: taskBatchlet,
  PropertyBatchlet: propertyBatchlet,
  StatusDecider: statusDecider,
  RangeMapper: rangeMapper,
  ProgressCollector: progressCollector,
  ProgressAnalyzer: progressAnalyzer,
  LedgerReducer: ledgerReducer,
} as const;

/** Every artifact by its class name, the names of `artifacts/batch.xml` for them, and the exceptions. */
export function shopRegistry(shop: () => Shop): ArtifactRegistry {
  const registry = new ArtifactRegistry();
  for (const [name, make] of Object.entries(CLASSES))
    registry.add(`com.example.batch.${name}`, (context: ArtifactContext) => make(shop(), context));
  const names = parseBatchXml(
    readFileSync(join(HERE, 'artifacts', 'batch.xml'), 'utf8'),
    'artifacts/batch.xml',
  );
  for (const [name, className] of names) registry.alias(name, className);
  registerExceptions(registry);
  return registry;
}

export interface Expected {
  readonly parameters?: Readonly<Record<string, string>>;
  /** A new instance; otherwise every execution after the first is a restart of the one before. */
  readonly anew?: true;
  /** Default COMPLETED. */
  readonly batch?: BatchStatus;
  /** Default: the batch status. */
  readonly exit?: string;
  /** Of artifacts, with blanks between them. */
  readonly calls: string;
  /** Calls of threads that run at the same time: in what order is not said. */
  readonly anyOrder?: true;
  /** `name STATUS(exit status, if it is another) read 5 write 4 ... data(user data)`; counts that are 0 are left out. */
  readonly steps: readonly string[];
  /** Part of the message of what the job, or a step, has failed with; empty: nothing has. */
  readonly failure?: string;
}

export interface JobCase {
  readonly file: string;
  readonly executions: readonly Expected[];
  /** Items of all executions, in the order of their writes, as ranges. */
  readonly written?: string;
  /** What a restart after the last execution is refused with. */
  readonly refused?: string;
}

/** A case as it came out: what `Expected` says it should be. */
export async function runJobFile({ file, executions, written, refused }: JobCase): Promise<JobCase> {
  const environment = new VirtualEnvironment();
  const registry = shopRegistry(() => shop);
  const systemProperties = { 'file.separator': '/', 'com.example.region': 'north', 'with.semicolon': 'a;b' };
  const operator = new JobOperator({ registry, environment, systemProperties, leaseMs: DAY });
  const shop: Shop = { environment, operator, calls: [], written: [] };
  const definition = parseJobXml(jobText(file), `${file}.xml`);
  const outcomes: Expected[] = [];
  let id: number | undefined;
  for (const expected of executions) {
    const { parameters, anew } = expected;
    shop.calls = [];
    id =
      id === undefined || anew === true
        ? await operator.start(definition, parameters)
        : await operator.restart(id, parameters);
    const { batchStatus, exitStatus, exception } = await operator.finished(id);
    const steps = await operator.getStepExecutions(id);
    outcomes.push({
      ...(parameters === undefined ? {} : { parameters }),
      ...(anew === undefined ? {} : { anew }),
      ...(batchStatus === 'COMPLETED' ? {} : { batch: batchStatus }),
      ...(exitStatus === batchStatus ? {} : { exit: exitStatus ?? 'null' }),
      calls: inOrder(shop.calls, expected.anyOrder),
      ...(expected.anyOrder === undefined ? {} : { anyOrder: true as const }),
      steps: sorted(steps.map(summary), expected.anyOrder),
      ...(expected.failure === undefined
        ? {}
        : { failure: excerpt([exception, ...steps.map((step) => step.exception)], expected.failure) }),
    });
  }
  return {
    file,
    executions: outcomes,
    ...(written === undefined ? {} : { written: ranges(shop.written) }),
    ...(refused === undefined ? {} : { refused: await refusal(operator, id!) }),
  };
}

/** What a case says, in the form in which outcomes are given. */
export const normal = (jobCase: JobCase): JobCase => ({
  ...jobCase,
  executions: jobCase.executions.map((expected) => ({
    ...expected,
    calls: inOrder(
      expected.calls.split(/\s+/).filter((call) => call !== ''),
      expected.anyOrder,
    ),
    steps: sorted(expected.steps, expected.anyOrder),
  })),
});

const sorted = (list: readonly string[], anyOrder: true | undefined): readonly string[] =>
  anyOrder === true ? list.toSorted() : list;

const inOrder = (calls: readonly string[], anyOrder: true | undefined): string =>
  sorted(
    calls.flatMap((call) => call.split(' ')),
    anyOrder,
  ).join(' ');

function excerpt(failures: readonly JobExecution['exception'][], part: string): string {
  const text = failures
    .map((failure) => failure?.message ?? '')
    .join(' ')
    .trim();
  return part !== '' && text.includes(part) ? part : text;
}

async function refusal(operator: JobOperator, id: number): Promise<string> {
  try {
    await operator.restart(id);
    return 'not refused';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const COUNTS = [
  'read',
  'write',
  'filter',
  'commit',
  'rollback',
  'readSkip',
  'processSkip',
  'writeSkip',
] as const;

function summary({ stepName, batchStatus, exitStatus, metrics, persistentUserData }: StepExecution): string {
  const counts = COUNTS.filter((name) => metrics[`${name}Count`] > 0).map(
    (name) => `${name} ${metrics[`${name}Count`]}`,
  );
  return [
    `${stepName} ${batchStatus}${exitStatus === batchStatus ? '' : `(${exitStatus})`}`,
    ...counts,
    ...(persistentUserData === null ? [] : [`data(${shown(persistentUserData)})`]),
  ].join(' ');
}
