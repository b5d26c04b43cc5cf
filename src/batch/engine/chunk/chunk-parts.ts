/** What a chunk run is made of. */
import type {
  CheckpointAlgorithm,
  ItemProcessor,
  ItemReader,
  ItemWriter,
} from '../../artifacts/chunk-artifacts.ts';
import type { ResolvedChunk } from '../../definition/resolved-job.ts';
import type { BatchEnvironment } from '../batch-environment.ts';
import type { ThreadStepContext } from '../contexts.ts';
import type { StopSwitch } from '../stop-switch.ts';
import type { ChunkEvents } from './chunk-listeners.ts';
import type { ChunkStorage } from './chunk-storage.ts';
import type { FaultPolicy } from './fault-policy.ts';

export interface ChunkParts {
  /** Of the step or partition, in words. */
  readonly what: string;
  readonly chunk: ResolvedChunk;
  readonly reader: ItemReader;
  readonly processor: ItemProcessor | undefined;
  readonly writer: ItemWriter;
  readonly algorithm: CheckpointAlgorithm | undefined;
  readonly storage: ChunkStorage;
  /** Whether items and records are one transaction. */
  readonly transactional: boolean;
  readonly faults: FaultPolicy;
  readonly on: ChunkEvents;
  readonly context: ThreadStepContext;
  readonly stop: StopSwitch;
  readonly environment: BatchEnvironment;
  /** After each chunk that had items. */
  readonly afterCheckpoint: (() => Promise<void>) | undefined;
  /** Something went wrong while a failed chunk was cleared away. */
  readonly alsoFailed: (error: Error) => void;
}

/** Milliseconds that a run may keep the process for itself. */
const TURN_MS = 10;
const RARE = 64;

/** Lets the rest of the process run by time, not by count: how long an item takes is not known. */
export class Pace {
  readonly #environment: BatchEnvironment;
  #turnBegan: number;
  #lastLook: number;
  #untilLook = 1;

  constructor(environment: BatchEnvironment) {
    this.#environment = environment;
    this.#turnBegan = this.#lastLook = environment.monotonic();
  }

  /** Called once per item; looks at the clock seldom while items are quick, every time when they are slow. */
  isDue(): boolean {
    if (--this.#untilLook > 0) return false;
    const now = this.#environment.monotonic();
    this.#untilLook = now - this.#lastLook < 1 ? RARE : 1;
    this.#lastLook = now;
    return now - this.#turnBegan >= TURN_MS;
  }

  async breathe(): Promise<void> {
    await this.#environment.breathe();
    this.#turnBegan = this.#lastLook = this.#environment.monotonic();
  }
}
