/**
 * The order in which the parts of a node end: no new work, then what is in flight, then what the parts wait for, then the store, then others who need
 * the transport, then that. Afterwards nothing of the node runs.
 */
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { Transport } from '../transport/transport.ts';
import type { Administration } from './administration.ts';
import type { CodeLibrary } from './code-library.ts';
import type { GracefulStop, StopReport } from './graceful-stop.ts';
import type { Recovery } from './recovery.ts';
import type { RepeatFinder } from './repeat-finder.ts';
import type { Replication } from './replication/replication.ts';
import type { ResultExpiry } from './result-expiry.ts';
import type { ScriptDirectory } from './script-directory.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface NodeParts {
  readonly stop: GracefulStop;
  readonly recovery: Recovery;
  readonly administration: Administration;
  readonly scripts: ScriptDirectory | undefined;
  readonly finder: RepeatFinder;
  readonly expiry: ResultExpiry;
  readonly code: CodeLibrary;
  readonly timers: TimerQueue;
  readonly replication: Replication | undefined;
  readonly store: CheckpointStore;
  readonly transport: Transport;
  readonly beforeTransportCloses: (() => Promise<void>) | undefined;
}

/**
 * @param limitMs How long instances, and the peer with the last copies, are waited for.
 * @param isDead Its store or its lease is gone: nobody is waited for, and what ends with an error has said so before.
 * @throws StoreError when a store that was alive cannot be closed, what unsubscribing throws, and what `beforeTransportCloses` throws; all the rest
 *   is closed then too
 */
export async function shutDown(parts: NodeParts, limitMs: number, isDead: boolean): Promise<StopReport> {
  const { stop, recovery, administration, scripts, finder, expiry, code, timers } = parts;
  stop.begin(isDead ? 0 : limitMs);
  recovery.stop();
  administration.close();
  const goodbye = Promise.all([scripts?.close(), finder.close()]);
  await goodbye.catch(() => {});
  const report = await stop.settle();
  expiry.close();
  await code.idle();
  timers.clear();
  try {
    await parts.replication?.close(limitMs);
    await parts.store.close();
  } catch (error) {
    if (!isDead) throw error;
  } finally {
    try {
      await parts.beforeTransportCloses?.();
    } finally {
      await parts.transport.close();
    }
  }
  // A node without its lease cannot say it any more.
  if (!isDead) await goodbye;
  return report;
}
