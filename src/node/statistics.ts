/** Owns: what a node counts. Invariant: counters only grow; what is in flight is asked from those who know it. */
import { LatencyHistogram, type LatencySummary } from './latency-histogram.ts';
import type { LiveInstance } from './live-instance.ts';

/** Of one script, whatever code its instances run. */
export interface ScriptStatistics {
  readonly script: string;
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  /** From the start to the end, the time in which the node was down included. */
  readonly duration: LatencySummary;
  /** From the start to the first reply, interim or final. Without recovered instances: they may have replied before. */
  readonly firstReply: LatencySummary;
}

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
  /** From the snapshot to durable, here and at the peer. */
  readonly checkpointLatency: LatencySummary;
  /** Making the snapshots: the event loop stands still meanwhile. */
  readonly captureLatency: LatencySummary;
  readonly calls: number;
  readonly callsFailed: number;
  /** Of calls that are over, all their tries together. */
  readonly callLatency: LatencySummary;
  /** Further tries of calls. */
  readonly callRetries: number;
  /** Restored since the start. */
  readonly recovered: number;
  /** Could not be restored since the start. */
  readonly quarantined: number;
  /** Instances whose newest checkpoint came from the peer. */
  readonly tookBack: number;
  /** Checkpoints into the store here, and how much longer they waited for the peer. */
  readonly localWriteLatency: LatencySummary;
  readonly peerWriteLatency: LatencySummary;
  readonly scripts: readonly ScriptStatistics[];
}

class ScriptBook {
  started = 0;
  completed = 0;
  failed = 0;
  readonly duration = new LatencyHistogram();
  readonly firstReply = new LatencyHistogram();
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
  callsFailed = 0;
  callRetries = 0;
  recovered = 0;
  quarantined = 0;
  tookBack = 0;
  readonly checkpointLatency = new LatencyHistogram();
  readonly captureLatency = new LatencyHistogram();
  readonly callLatency = new LatencyHistogram();
  readonly localWriteLatency = new LatencyHistogram();
  readonly peerWriteLatency = new LatencyHistogram();

  readonly #scripts = new Map<string, ScriptBook>();

  /** A script that is served: it is counted from now on, be it with zeros. */
  know(script: string): void {
    this.#of(script);
  }

  instanceStarted(script: string): void {
    this.started++;
    this.#of(script).started++;
  }

  /** @param now ms since the epoch */
  instanceEnded(live: LiveInstance, status: 'completed' | 'failed', now: number): void {
    this[status]++;
    const book = this.#of(live.script);
    book[status]++;
    book.duration.record(Math.max(0, now - live.createdAt));
  }

  /** An interim or the final reply goes out. @param now ms since the epoch */
  replied(live: LiveInstance, now: number): void {
    if (live.hasReplied || live.isRecovered) return;
    live.hasReplied = true;
    this.#of(live.script).firstReply.record(Math.max(0, now - live.createdAt));
  }

  called(ok: boolean, ms: number): void {
    if (!ok) this.callsFailed++;
    this.callLatency.record(ms);
  }

  /** A checkpoint with a peer, ms. */
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
      captureLatency: this.captureLatency.summary(),
      calls: this.calls,
      callsFailed: this.callsFailed,
      callLatency: this.callLatency.summary(),
      callRetries: this.callRetries,
      recovered: this.recovered,
      quarantined: this.quarantined,
      tookBack: this.tookBack,
      localWriteLatency: this.#localWrites().summary(),
      peerWriteLatency: this.peerWriteLatency.summary(),
      scripts: [...this.#scripts].map(([script, book]) => ({
        script,
        started: book.started,
        completed: book.completed,
        failed: book.failed,
        duration: book.duration.summary(),
        firstReply: book.firstReply.summary(),
      })),
    };
  }

  /** Without a peer the local write is all of a checkpoint, so it is not measured twice. */
  #localWrites(): LatencyHistogram {
    return this.localWriteLatency.count > 0 ? this.localWriteLatency : this.checkpointLatency;
  }

  #of(script: string): ScriptBook {
    let book = this.#scripts.get(script);
    if (book === undefined) this.#scripts.set(script, (book = new ScriptBook()));
    return book;
  }
}
