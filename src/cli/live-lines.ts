/**
 * Lines at the end of a terminal that change in place, while others are printed above them.
 *
 * Owns: how many lines stand there, and while there are any, the `write` of the streams. Invariant: whatever is written to one of the streams
 * stands above the lines, or in their place until they are shown again.
 */
import { stripVTControlCharacters } from 'node:util';

type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns'>;

export class LiveLines {
  readonly #streams: readonly Stream[];
  readonly #target: Stream;
  readonly #writes: readonly Stream['write'][];
  #standing = 0;
  #watching = false;

  constructor(streams: readonly Stream[], target: Stream) {
    this.#streams = streams;
    this.#target = target;
    this.#writes = streams.map((stream) => stream.write.bind(stream));
  }

  /** Colours are taken away from a line that is too wide: it is cut. */
  show(lines: readonly string[]): void {
    this.#watch(lines.length > 0);
    const width = (this.#target.columns ?? 100) - 1;
    const fitting = lines.map((line) => {
      const plain = stripVTControlCharacters(line);
      return plain.length > width ? plain.slice(0, width) : line;
    });
    this.#print(this.#erasure() + fitting.map((line) => `${line}\n`).join(''));
    this.#standing = lines.length;
  }

  #erasure(): string {
    const up = this.#standing === 0 ? '' : `\u001B[${this.#standing}A\u001B[0J`;
    this.#standing = 0;
    return up;
  }

  #print(text: string): void {
    if (text !== '') this.#writes[this.#streams.indexOf(this.#target)]!(text);
  }

  #watch(on: boolean): void {
    if (on === this.#watching) return;
    this.#watching = on;
    for (const [index, stream] of this.#streams.entries()) {
      const write = this.#writes[index]!;
      stream.write = on
        ? (((...args: Parameters<Stream['write']>) => {
            this.#print(this.#erasure());
            return write(...args);
          }) as Stream['write'])
        : write;
    }
  }
}
