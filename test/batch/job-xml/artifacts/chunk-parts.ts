/** Reader, processor, writer and checkpoint algorithm of the job files; their properties say what they do. */
import type { ArtifactContext } from '../../../../src/batch/artifacts/artifact-context.ts';
import type {
  CheckpointAlgorithm,
  ItemProcessor,
  ItemReader,
  ItemWriter,
} from '../../../../src/batch/artifacts/chunk-artifacts.ts';
import { BusyException, FailurePlan } from './exceptions.ts';
import { names, noter, ranges, type Shop, shown } from './shop.ts';

/** Reads the numbers `from` (1) to `from + count - 1` (10 of them); a read takes `takes` ms; `checkpoint` may be `none`. */
export function orderReader(shop: Shop, context: ArtifactContext): ItemReader<number, number> {
  const { from = '1', count = '10', takes = '0', slow, checkpoint, fail } = context.properties;
  const note = noter(shop, context, 'open');
  const failures = new FailurePlan(fail);
  const first = Number(from);
  let at = 0;
  return {
    open(saved) {
      note('open', `open(${shown(saved)})`);
      failures.pass('open');
      at = saved ?? 0;
    },
    readItem() {
      if (at >= Number(count)) {
        note('read', 'R-');
        return null;
      }
      const item = first + at;
      note('read', `R${item}`);
      shop.environment.pass(names(slow, item) ? 5000 : Number(takes));
      try {
        failures.pass(item);
      } catch (error) {
        if (!(error instanceof BusyException)) at++;
        throw error;
      }
      at++;
      return item;
    },
    checkpointInfo() {
      note('checkpoint', `CR${at}`);
      return checkpoint === 'none' ? null : at;
    },
    close() {
      note('close', 'closeR');
      failures.pass('close');
    },
  };
}

/** `filter`: items that go no further; `stopAt`: the job is asked to stop while this item is processed; `remember`: counts in the user data. */
export function priceProcessor(shop: Shop, context: ArtifactContext): ItemProcessor<number, number> {
  const { filter, fail, stopAt, add = '0', remember } = context.properties;
  const note = noter(shop, context, 'none');
  const failures = new FailurePlan(fail);
  return {
    processItem(item) {
      note('process', `P${item}`);
      failures.pass(item);
      if (remember !== undefined)
        context.step!.persistentUserData = Number(context.step!.persistentUserData ?? 0) + 1;
      const result = names(filter, item) ? null : item + Number(add);
      if (!names(stopAt, item)) return result;
      return shop.operator.stop(context.job.executionId).then(() => result);
    },
  };
}

export function ledgerWriter(shop: Shop, context: ArtifactContext): ItemWriter<number, number> {
  const note = noter(shop, context, 'write');
  const failures = new FailurePlan(context.properties['fail']);
  let count = 0;
  return {
    open(saved) {
      note('open', `openW(${shown(saved)})`);
      failures.pass('open');
      count = saved ?? 0;
    },
    writeItems(items) {
      note('write', `W[${ranges(items)}]`);
      for (const item of items) failures.pass(item);
      shop.written.push(...items);
      count += items.length;
    },
    checkpointInfo() {
      note('checkpoint', `CW${count}`);
      return count;
    },
    close() {
      note('close', 'closeW');
      failures.pass('close');
    },
  };
}

/** A checkpoint after `every` items. */
export function everyNth(shop: Shop, context: ArtifactContext): CheckpointAlgorithm {
  const { every = '5', timeout = '0', fail } = context.properties;
  const note = noter(shop, context, 'none');
  const failures = new FailurePlan(fail);
  let count = 0;
  const call = (name: string): void => {
    note(name, name);
    failures.pass(name);
  };
  return {
    checkpointTimeout() {
      call('timeout');
      return Number(timeout);
    },
    beginCheckpoint: () => call('begin'),
    isReadyToCheckpoint() {
      call('ready');
      return ++count % Number(every) === 0;
    },
    endCheckpoint: () => call('end'),
  };
}
