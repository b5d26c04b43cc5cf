/** Methods of Node's Buffer that are documented nowhere but have been there since its beginning; `write` and `toString` end in them. */
export type TextBuffer = Buffer<ArrayBuffer> & {
  latin1Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  /** The writers return how many bytes they wrote. */
  latin1Write(text: string, offset: number): number;
  ucs2Write(text: string, offset: number): number;
  utf8Write(text: string, offset: number): number;
};
