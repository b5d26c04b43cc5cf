/** Instances, their scripts, requests, calls and waits. */
import type { ScriptStatistics } from '../../node/statistics.ts';
import {
  counter,
  durationLines,
  durations,
  gauge,
  type Line,
  type Metric,
  stateSet,
  WAITING,
} from './metric.ts';
import type { NodeSample } from './node-sample.ts';

const NODE_STATES = ['starting', 'recovering', 'serving', 'stopping', 'stopped', 'dead'];

function ofScripts(
  type: 'counter' | 'histogram',
  name: string,
  help: string,
  lines: (script: ScriptStatistics) => readonly Line[],
): Metric {
  const read = ({ node }: NodeSample): Line[] => (node?.statistics.scripts ?? []).flatMap(lines);
  return { name, type, help, labels: ['script'], read };
}

const count = (key: 'started' | 'completed' | 'failed') => (statistics: ScriptStatistics) => [
  { labels: { script: statistics.script }, value: statistics[key] },
];

const times = (key: 'duration' | 'firstReply') => (statistics: ScriptStatistics) =>
  durationLines(statistics[key], WAITING, { script: statistics.script });

export const INSTANCE_METRICS: readonly Metric[] = [
  stateSet(
    'waymark_node_state',
    'What the node is doing: 1 for the state that it is in, 0 for the others.',
    NODE_STATES,
    ({ node }) => node?.state ?? 'starting',
  ),
  gauge('waymark_scripts_served', 'Scripts that are served.', ({ node }) => node?.scripts.length),
  gauge(
    'waymark_scripts_refused',
    'Script files that could not be compiled or loaded.',
    ({ node }) => node?.refused.length,
  ),
  ofScripts(
    'counter',
    'waymark_instances_started_total',
    'New instances. Recovered ones are not started again.',
    count('started'),
  ),
  ofScripts(
    'counter',
    'waymark_instances_completed_total',
    'Instances that ended with a result.',
    count('completed'),
  ),
  ofScripts(
    'counter',
    'waymark_instances_failed_total',
    'Instances that ended with an uncaught error. After a first checkpoint they are kept, to be retried.',
    count('failed'),
  ),
  ofScripts(
    'histogram',
    'waymark_instance_duration_seconds',
    'From the start of an instance to its end, the time included in which its node was down.',
    times('duration'),
  ),
  ofScripts(
    'histogram',
    'waymark_first_reply_seconds',
    'From the start of an instance to its first reply, interim (an early acknowledgement) or final. Without recovered instances.',
    times('firstReply'),
  ),
  gauge('waymark_instances_in_flight', 'Instances started and not ended.', ({ node }) => node?.inFlight),
  gauge(
    'waymark_instances_in_flight_limit',
    'Instances in flight beyond which requests are refused (--max-in-flight).',
    ({ node }) => node?.maxInFlight,
  ),
  gauge(
    'waymark_instances_long_running',
    'Instances in flight for longer than --long-running (2 s unless set). Sleeping ones count.',
    ({ node }) => node?.longRunning,
  ),
  gauge('waymark_instance_oldest_seconds', 'Age of the oldest instance in flight; 0 without one.', (sample) =>
    sample.node === undefined ? undefined : ageOf(sample.node.oldest[0]?.createdAt, sample.now),
  ),
  counter(
    'waymark_instances_recovered_total',
    'Instances restored from a checkpoint since the process started.',
    ({ node }) => node?.statistics.recovered,
  ),
  counter(
    'waymark_instances_quarantined_total',
    'Instances that could not be restored since the process started. They are in the store, listed as failed.',
    ({ node }) => node?.statistics.quarantined,
  ),
  counter(
    'waymark_instances_taken_back_total',
    "Instances whose newest checkpoint came from the peer, because this node's disk did not have it.",
    ({ node }) => node?.statistics.tookBack,
  ),
  counter(
    'waymark_instances_taken_over_total',
    'Instances of dead nodes that this node has gone on with.',
    ({ node }) => node?.tookOver,
  ),
  counter(
    'waymark_requests_rejected_total',
    'Requests refused because too many instances were in flight.',
    ({ node }) => node?.statistics.rejected,
  ),
  counter(
    'waymark_requests_repeated_total',
    'Requests that got a running instance or a kept result instead of a new instance.',
    ({ node }) => node?.statistics.repeatedRequests,
  ),
  gauge(
    'waymark_request_lookups',
    'Requests with an id that wait for the store, or other nodes, to say whether they are repeated.',
    ({ node }) => node?.lookups,
  ),
  gauge(
    'waymark_timers',
    'Sleeps of instances and pauses of the node that wait.',
    ({ node }) => node?.timers,
  ),
  counter(
    'waymark_calls_total',
    'Calls of other services begun by instances.',
    ({ node }) => node?.statistics.calls,
  ),
  counter(
    'waymark_calls_failed_total',
    'Calls that ended with an error after all their tries.',
    ({ node }) => node?.statistics.callsFailed,
  ),
  counter(
    'waymark_call_retries_total',
    'Tries of calls after the first one.',
    ({ node }) => node?.statistics.callRetries,
  ),
  gauge(
    'waymark_calls_in_flight',
    'Calls that wait for their reply.',
    ({ node }) => node && node.statistics.calls - node.statistics.callLatency.count,
  ),
  durations(
    'waymark_call_seconds',
    'From a call to its reply or its error, all tries together.',
    WAITING,
    ({ node }) => node?.statistics.callLatency,
  ),
];

function ageOf(since: number | undefined, now: number): number {
  return since === undefined ? 0 : Math.max(0, now - since) / 1000;
}
