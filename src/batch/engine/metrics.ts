import type { Metrics } from '../repository/job-repository.ts';

export const noMetrics = (): Metrics => ({
  readCount: 0,
  writeCount: 0,
  filterCount: 0,
  commitCount: 0,
  rollbackCount: 0,
  readSkipCount: 0,
  processSkipCount: 0,
  writeSkipCount: 0,
});

/** Field by field: this is done once per chunk. */
export function copyMetrics(from: Readonly<Metrics>, to: Metrics): void {
  to.readCount = from.readCount;
  to.writeCount = from.writeCount;
  to.filterCount = from.filterCount;
  to.commitCount = from.commitCount;
  to.rollbackCount = from.rollbackCount;
  to.readSkipCount = from.readSkipCount;
  to.processSkipCount = from.processSkipCount;
  to.writeSkipCount = from.writeSkipCount;
}

/** The step's are the sums of its partitions'. */
export function addMetrics(more: Readonly<Metrics>, to: Metrics): void {
  to.readCount += more.readCount;
  to.writeCount += more.writeCount;
  to.filterCount += more.filterCount;
  to.commitCount += more.commitCount;
  to.rollbackCount += more.rollbackCount;
  to.readSkipCount += more.readSkipCount;
  to.processSkipCount += more.processSkipCount;
  to.writeSkipCount += more.writeSkipCount;
}
