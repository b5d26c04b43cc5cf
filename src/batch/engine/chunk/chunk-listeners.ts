/** The listeners of a chunk, one function per event; undefined where nobody listens, so that nothing is called for each item in vain. */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import type { StepScopeListener } from '../../artifacts/listeners.ts';
import { inTurn } from '../maybe-promise.ts';

export type ChunkEvent = Exclude<keyof StepScopeListener, 'beforeStep' | 'afterStep'>;

export type ChunkEvents = {
  readonly [Name in ChunkEvent]:
    | ((...given: Parameters<Required<StepScopeListener>[Name]>) => MaybePromise<void>)
    | undefined;
};

export const CHUNK_EVENTS: readonly ChunkEvent[] = [
  'beforeChunk',
  'onError',
  'afterChunk',
  'beforeRead',
  'afterRead',
  'onReadError',
  'beforeProcess',
  'afterProcess',
  'onProcessError',
  'beforeWrite',
  'afterWrite',
  'onWriteError',
  'onSkipReadItem',
  'onSkipProcessItem',
  'onSkipWriteItem',
  'onRetryReadException',
  'onRetryProcessException',
  'onRetryWriteException',
];

type Callable = Partial<Record<ChunkEvent, (...given: unknown[]) => MaybePromise<void>>>;

/** In the order in which the listeners are named. */
export function chunkEvents(listeners: readonly StepScopeListener[]): ChunkEvents {
  const entries = CHUNK_EVENTS.map((event) => {
    const listening = (listeners as readonly Callable[]).filter(
      (listener) => typeof listener[event] === 'function',
    );
    if (listening.length === 0) return [event, undefined] as const;
    const [only] = listening;
    if (listening.length === 1) return [event, (...given: unknown[]) => only![event]!(...given)] as const;
    return [
      event,
      (...given: unknown[]) => inTurn(listening, (listener) => listener[event]!(...given)),
    ] as const;
  });
  return Object.fromEntries(entries) as unknown as ChunkEvents;
}
