/** Every metric that a node publishes under its own name, in the order of the reference page. */
import { CHECKPOINT_METRICS } from './checkpoint-metrics.ts';
import { INSTANCE_METRICS } from './instance-metrics.ts';
import { JOB_METRICS } from './job-metrics.ts';
import type { Metric } from './metric.ts';
import { PROCESS_METRICS } from './process-metrics.ts';

export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly Metric[];
}

export const METRIC_GROUPS: readonly MetricGroup[] = [
  { title: 'Instances, requests and calls', metrics: INSTANCE_METRICS },
  { title: 'Checkpoints, replication and store', metrics: CHECKPOINT_METRICS },
  { title: 'Batch jobs', metrics: JOB_METRICS },
  { title: 'NATS, disk and process', metrics: PROCESS_METRICS },
];
