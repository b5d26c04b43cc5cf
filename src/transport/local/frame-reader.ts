/**
 * Owns: the incomplete frame at the end of what one socket has given so far. Invariants:
 *
 * 1. `onFrame` sees each frame once, whole, in order; bodies are views of what was read, not copies.
 * 2. At most one frame (of bounded length) is held back. After an error nothing more is read.
 */
import { TransportError } from '../transport-error.ts';

/** `start` is the first byte after the kind, `end` the first byte after the frame. */
export type OnFrame = (kind: number, bytes: Buffer, start: number, end: number) => void;

export class FrameReader {
  readonly #maxFrameBytes: number;
  readonly #onFrame: OnFrame;
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Bytes needed before anything can be done with what is held. */
  #needed = 4;

  constructor(maxFrameBytes: number, onFrame: OnFrame) {
    this.#maxFrameBytes = maxFrameBytes;
    this.#onFrame = onFrame;
  }

  /** @throws TransportError WM6008 when the bytes cannot be frames, and whatever `onFrame` throws */
  push(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#heldBytes > 0) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#heldBytes < this.#needed) return;
      bytes = Buffer.concat(this.#held, this.#heldBytes);
      this.#held = [];
      this.#heldBytes = 0;
    }
    let at = 0;
    this.#needed = 4;
    while (bytes.length - at >= 4) {
      const length = bytes.readUInt32LE(at);
      if (length < 1 || length > this.#maxFrameBytes) {
        throw malformed(`a frame of ${length} bytes (limit ${this.#maxFrameBytes})`);
      }
      if (bytes.length - at < 4 + length) {
        this.#needed = 4 + length;
        break;
      }
      this.#onFrame(bytes[at + 4]!, bytes, at + 5, at + 4 + length);
      at += 4 + length;
    }
    if (at < bytes.length) {
      this.#held = [bytes.subarray(at)];
      this.#heldBytes = bytes.length - at;
    }
  }
}

/** The error for bytes that are not what a peer may send. */
export function malformed(what: string): TransportError {
  return new TransportError('malformedFrame', `A peer sent ${what}; its connection was closed`, {
    fix: 'Let all processes of the directory run the same version of Waymark.',
  });
}
