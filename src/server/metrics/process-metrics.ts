/** The process and what it stands on: NATS, the disk, the event loop. CPU and memory come from prom-client. */
import { counter, durations, gauge, type Metric, WAITING } from './metric.ts';

export const PROCESS_METRICS: readonly Metric[] = [
  gauge(
    'waymark_nats_connected',
    '1 while there is a connection to NATS. Nothing without NATS.',
    ({ nats }) => nats && Number(nats.state === 'connected'),
  ),
  counter(
    'waymark_nats_connections_lost_total',
    'Connections to NATS that were lost.',
    ({ nats }) => nats?.lost,
  ),
  gauge(
    'waymark_nats_attempts_failed',
    'Attempts to connect that failed since there was a connection.',
    ({ nats }) => nats?.failures,
  ),
  gauge(
    'waymark_nats_waiting_bytes',
    'Bytes of messages that wait for a connection to NATS.',
    ({ nats }) => nats?.waitingBytes,
  ),
  durations(
    'waymark_event_loop_delay_seconds',
    'How much later than asked for a timer of 20 ms fired: how long everything else waits for the event loop.',
    WAITING,
    ({ eventLoopDelay }) => eventLoopDelay,
  ),
  gauge(
    'waymark_heap_limit_bytes',
    'Most bytes that the JavaScript heap may have before the process dies.',
    ({ heapLimit }) => heapLimit,
  ),
  gauge(
    'waymark_data_disk_free_bytes',
    'Bytes free for this process on the file system of the data folder.',
    ({ disk }) => disk?.free,
  ),
  gauge(
    'waymark_data_disk_size_bytes',
    'Size of the file system of the data folder.',
    ({ disk }) => disk?.size,
  ),
];
