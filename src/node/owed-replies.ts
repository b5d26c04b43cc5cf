/**
 * After a start: sends again the final replies of instances that ended shortly before the node went down. An outcome is
 * durable before its reply is sent, so a node that is killed between the two owes replies, and the instances are no longer
 * there to be recovered. Which replies were sent nobody has written down: all that may be missing are sent again, marked
 * as possible repetitions; requesters take the first.
 */
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { Replies } from './replies.ts';
import { keptReply } from './results.ts';

export interface OwedRepliesInit {
  readonly store: CheckpointStore;
  readonly replies: Replies;
  /** At most so many instances: not more can have owed a reply than were in flight. */
  readonly limit: number;
  readonly monotonic: () => number;
  readonly defer: (action: () => void) => void;
  readonly isStopped: () => boolean;
}

/** A reply is sent at once after its outcome is durable; even a process that was suspended for a while has done it by then. */
const WINDOW_MS = 60_000;
/** Work between two turns of the event loop. */
const SLICE_MS = 5;

/** Rejects only when the store cannot be read. To be called before anything ends in this life. */
export async function sendOwedReplies(init: OwedRepliesInit): Promise<void> {
  const { store, replies, limit, monotonic, defer, isStopped } = init;
  const ended = await store.recentlyEnded(WINDOW_MS, limit);
  let sliceEnd = monotonic() + SLICE_MS;
  for (const instance of ended) {
    if (isStopped()) return;
    if (instance.damaged !== undefined) continue;
    const { requesters, ...reply } = keptReply(instance);
    for (const replyTo of requesters) replies.finalAgain(replyTo, reply);
    if (monotonic() < sliceEnd) continue;
    await new Promise<void>((resolve) => defer(resolve));
    sliceEnd = monotonic() + SLICE_MS;
  }
}
