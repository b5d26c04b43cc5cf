/** Owns: what a node counts. Invariant: counters only grow; what is in flight is asked from those who know it. */
import { LatencyHistogram, type LatencySummary } from './latency-histogram.ts';

export interface NodeStatistics {
  /** New instances; recovered ones are not started. */
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  /** Requests refused because too many instances were in flight. */
  readonly rejected: number;
  /** Requests that got a running instance or a kept result. */
  readonly repeatedRequests: number;
  readonly checkpoints: number;
  /** Of all checkpoints together. */
  readonly checkpointBytes: number;
  /** Checkpoints that the store refused. */
  readonly checkpointFailures: number;
  readonly checkpointLatency: LatencySummary;
  readonly calls: number;
  /** Further tries of calls. */
  readonly callRetries: number;
  /** Restored since the start. */
  readonly recovered: number;
  /** Could not be restored since the start. */
  readonly quarantined: number;
  /** Instances whose newest checkpoint came from the peer. */
  readonly tookBack: number;
  /** Writes to the store here, and how much longer the peer took. */
  readonly localWriteLatency: LatencySummary;
  readonly peerWriteLatency: LatencySummary;
}

export class StatisticsBook {
  started = 0;
  completed = 0;
  failed = 0;
  rejected = 0;
  repeatedRequests = 0;
  checkpoints = 0;
  checkpointBytes = 0;
  checkpointFailures = 0;
  calls = 0;
  callRetries = 0;
  recovered = 0;
  quarantined = 0;
  tookBack = 0;
  readonly checkpointLatency = new LatencyHistogram();
  readonly localWriteLatency = new LatencyHistogram();
  readonly peerWriteLatency = new LatencyHistogram();

  /** A write with a peer, ms. */
  wrote(localMs: number, peerMs: number): void {
    this.localWriteLatency.record(localMs);
    this.peerWriteLatency.record(peerMs);
  }

  read(): NodeStatistics {
    return {
      started: this.started,
      completed: this.completed,
      failed: this.failed,
      rejected: this.rejected,
      repeatedRequests: this.repeatedRequests,
      checkpoints: this.checkpoints,
      checkpointBytes: this.checkpointBytes,
      checkpointFailures: this.checkpointFailures,
      checkpointLatency: this.checkpointLatency.summary(),
      calls: this.calls,
      callRetries: this.callRetries,
      recovered: this.recovered,
      quarantined: this.quarantined,
      tookBack: this.tookBack,
      localWriteLatency: this.localWriteLatency.summary(),
      peerWriteLatency: this.peerWriteLatency.summary(),
    };
  }
}
