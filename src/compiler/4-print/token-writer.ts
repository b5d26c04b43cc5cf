/**
 * The text of a bundle, token by token, with its source map.
 *
 * Owns the text and the mappings written so far. Invariants:
 * T1. Two tokens that would read as another one are kept apart by a space; nothing else is.
 * T2. A statement's semicolon is written when something follows it that needs one.
 * T3. The segments of a line are in the order of their columns, one for each column.
 */
import type { Position } from '../../bundle.ts';
import { vlq } from '../../vlq.ts';

const SPACE = 32;

export class TokenWriter {
  text = '';
  #mappings = '';
  #column = 0;
  /** The last character, as far as the next token must be kept apart from it. */
  #last = SPACE;
  #semicolon = false;
  /** Index into the sources. */
  source: number | undefined;
  #mappedColumn = -1;
  #baseColumn = 0;
  #lastSource = 0;
  #lastLine = 0;
  #lastColumn = 0;

  /** A token without line ends. */
  token(token: string): void {
    if (this.#semicolon) this.semicolon();
    const first = token.charCodeAt(0);
    if (readsOn(this.#last, first)) {
      this.text += ' ';
      this.#column++;
    }
    this.text += token;
    this.#column += token.length;
    this.#last = token.charCodeAt(token.length - 1);
  }

  /** A token whose flags a word after it would continue. */
  regExp(token: string): void {
    this.token(token);
    this.#last = 97;
  }

  /** Part of a template: any characters. */
  raw(text: string): void {
    this.text += text;
    const end = text.lastIndexOf('\n');
    if (end < 0) this.#column += text.length;
    else {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#mappings += ';';
      this.#startLine(text.length - end - 1);
    }
    this.#last = SPACE;
  }

  newLine(): void {
    if (this.#semicolon) this.semicolon();
    if (this.text === '') return;
    this.text += '\n';
    this.#mappings += ';';
    this.#startLine(0);
    this.#last = SPACE;
  }

  #startLine(column: number): void {
    this.#column = column;
    this.#mappedColumn = -1;
    this.#baseColumn = 0;
  }

  /** The statement has ended; a semicolon if anything but the end of the block follows. */
  endStatement(): void {
    this.#semicolon = true;
  }

  /** Now, whatever follows. */
  semicolon(): void {
    this.#semicolon = false;
    this.text += ';';
    this.#column++;
    this.#last = SPACE;
  }

  /** Ends a block. */
  closeBrace(): void {
    this.#semicolon = false;
    this.token('}');
  }

  /** What is written next comes from `position` of the source. */
  map({ line, column }: Position): void {
    const { source } = this;
    if (source === undefined) return;
    if (this.#semicolon) this.semicolon();
    if (this.#mappedColumn === this.#column) return;
    const first = this.#mappedColumn < 0;
    // What the segment before says goes on until the next one.
    if (!first && line - 1 === this.#lastLine && column === this.#lastColumn && source === this.#lastSource)
      return;
    this.#mappings += `${first ? '' : ','}${vlq(this.#column - this.#baseColumn)}${vlq(source - this.#lastSource)}${vlq(line - 1 - this.#lastLine)}${vlq(column - this.#lastColumn)}`;
    this.#mappedColumn = this.#baseColumn = this.#column;
    this.#lastSource = source;
    this.#lastLine = line - 1;
    this.#lastColumn = column;
  }

  get mappings(): string {
    return this.#mappings;
  }
}

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 36 ||
  code === 95 ||
  code === 35 ||
  code === 92 ||
  code >= 128;

/** Whether the characters on both sides of a token's end would be read as one token. */
function readsOn(last: number, first: number): boolean {
  if (last === SPACE) return false;
  if (isWord(last)) return isWord(first);
  // `+ +`, `- -`, `/ /`, and `< !`, which would begin a comment of old.
  return (last === first && (first === 43 || first === 45 || first === 47)) || (last === 60 && first === 33);
}
