import { WaymarkError } from '../../waymark-error.ts';

/** Codes of everything that readers and writers of Waymark report. They are stable. */
export const ItemsErrorCode = {
  malformedItem: 'WM9601',
  unreadableSource: 'WM9602',
  sourceChanged: 'WM9603',
  targetChanged: 'WM9604',
  noTransaction: 'WM9605',
  badOption: 'WM9606',
  httpFailed: 'WM9607',
} as const;

export type ItemsErrorCode = (typeof ItemsErrorCode)[keyof typeof ItemsErrorCode];

export class ItemsError extends WaymarkError {
  constructor(code: ItemsErrorCode, message: string, options: { fix: string; cause?: unknown }) {
    super(code, message, options);
  }
}

/** One item of a source is not what it should be; the reader can go on with the next. To be skipped. */
export class MalformedItemError extends ItemsError {
  readonly file: string;
  /** From 1; where it was noticed. */
  readonly line: number;

  constructor(file: string, line: number, what: string, cause?: unknown) {
    super(ItemsErrorCode.malformedItem, `${file}:${line}: ${what}`, {
      cause,
      fix: 'Correct the source, or let the job skip MalformedItemError.',
    });
    this.file = file;
    this.line = line;
  }
}

/** The source cannot be read any further. Nothing to be skipped: the reader would not know where to go on. */
export class UnreadableSourceError extends ItemsError {
  constructor(message: string, fix: string, cause?: unknown) {
    super(ItemsErrorCode.unreadableSource, message, { fix, cause });
  }
}

export function sourceChanged(source: string, what: string): ItemsError {
  return new ItemsError(ItemsErrorCode.sourceChanged, `${source} has changed since the checkpoint: ${what}`, {
    fix: 'Put back the source that the job began with, or start a new instance of the job.',
  });
}
