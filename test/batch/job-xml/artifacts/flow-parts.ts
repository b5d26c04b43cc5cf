/** Batchlets, deciders and what partitions need; their properties say what they do. */
import type { ArtifactContext } from '../../../../src/batch/artifacts/artifact-context.ts';
import type { Batchlet } from '../../../../src/batch/artifacts/chunk-artifacts.ts';
import type {
  Decider,
  PartitionAnalyzer,
  PartitionCollector,
  PartitionMapper,
  PartitionReducer,
} from '../../../../src/batch/artifacts/flow-artifacts.ts';
import { FailurePlan } from './exceptions.ts';
import { noter, type Shop, shown } from './shop.ts';

/**
 * Notes the step's name, or what its property `say` says. Gives `exit`; throws `fail` (a class); sets `jobExit` and `stepExit`; `remember` is appended to
 * the user data, which is noted first; `stop`: the job is asked to stop meanwhile.
 */
export function taskBatchlet(shop: Shop, context: ArtifactContext): Batchlet {
  const {
    say = context.step!.stepName,
    exit,
    fail = '',
    jobExit = '',
    stepExit,
    remember,
    stop,
  } = context.properties;
  const note = noter(shop, context, 'process,stop');
  return {
    async process() {
      note('process', say);
      const { step, job } = context;
      if (remember !== undefined) {
        note('process', `had(${shown(step!.persistentUserData)})`);
        step!.persistentUserData = `${(step!.persistentUserData as string) ?? ''}${remember}`;
      }
      if (jobExit !== '') job.exitStatus = jobExit;
      if (stepExit !== undefined) step!.exitStatus = stepExit;
      if (stop === 'yes') await shop.operator.stop(job.executionId);
      if (fail !== '') new FailurePlan(`process:${fail}`).pass('process');
      return exit === '' ? undefined : exit;
    },
    stop: () => note('stop', 'stop'),
  };
}

/** Notes every property of its own, and how many of the step's and the job's it can ask for by their contexts. */
export function propertyBatchlet(shop: Shop, context: ArtifactContext): Batchlet {
  const list = (properties: Readonly<Record<string, string>>): string =>
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ');
  return {
    process() {
      const { properties, step, job } = context;
      shop.calls.push(
        `own[${list(properties)}]`,
        `step[${list(step!.properties)}]`,
        `job[${list(job.properties)}]`,
      );
    },
  };
}

/** Gives `decide`; notes the executions that it gets. */
export function statusDecider(shop: Shop, context: ArtifactContext): Decider {
  const { decide, fail = '' } = context.properties;
  const note = noter(shop, context, 'decide');
  return {
    decide(executions) {
      const seen = executions.map(({ stepName, exitStatus }) => `${stepName}:${exitStatus}`);
      note('decide', `decide(${seen.join(' ')})`);
      if (fail !== '') new FailurePlan(`decide:${fail}`).pass('decide');
      return decide ?? executions.map(({ exitStatus }) => exitStatus).join('+');
    },
  };
}

/** `partitions` parts of `size` items each: their properties are `index`, `from`, `size`, and `fail` for the one at `failing`. */
export function rangeMapper(shop: Shop, context: ArtifactContext): PartitionMapper {
  const {
    partitions = '2',
    threads = '1',
    override = 'false',
    size = '4',
    failing = '',
    fail = '',
  } = context.properties;
  const note = noter(shop, context, 'map');
  return {
    mapPartitions() {
      note('map', `map(${partitions})`);
      return {
        partitions: Number(partitions),
        threads: Number(threads),
        partitionsOverride: override === 'true',
        partitionProperties: Array.from({ length: Number(partitions) }, (_, index) => ({
          index: String(index),
          from: String(index * Number(size) + 1),
          size,
          fail: String(index) === failing ? fail : '',
        })),
      };
    },
  };
}

/** Its data: the number of the partition, and how much it has written. */
export function progressCollector(shop: Shop, context: ArtifactContext): PartitionCollector {
  const note = noter(shop, context, 'none');
  const { partition, step } = context;
  return {
    collectPartitionData() {
      note('collect', 'collect');
      return `${partition!.index}:${step!.metrics.writeCount}`;
    },
  };
}

/** `exit`: the step's exit status after each status. */
export function progressAnalyzer(shop: Shop, context: ArtifactContext): PartitionAnalyzer {
  const { exit, fail } = context.properties;
  const note = noter(shop, context, 'data,status');
  const failures = new FailurePlan(fail);
  return {
    analyzeCollectorData(data) {
      note('data', `data(${shown(data)})`);
      failures.pass('data');
    },
    analyzeStatus(batchStatus, exitStatus) {
      note('status', `status(${batchStatus} ${exitStatus})`);
      failures.pass('status');
      if (exit !== undefined) context.step!.exitStatus = exit;
    },
  };
}

export function ledgerReducer(shop: Shop, context: ArtifactContext): PartitionReducer {
  const note = noter(shop, context, 'all');
  const failures = new FailurePlan(context.properties['fail']);
  const call = (event: string, text = event): void => {
    note(event, text);
    failures.pass(event);
  };
  return {
    beginPartitionedStep: () => call('beginStep'),
    beforePartitionedStepCompletion: () => call('beforeCompletion'),
    rollbackPartitionedStep: () => call('rollback'),
    afterPartitionedStepCompletion: (status) => call('after', `after(${status})`),
  };
}
