import { ItemsError, ItemsErrorCode } from './items-error.ts';

/** One column of a file with columns of fixed width. */
export interface FixedWidthField {
  readonly name: string;
  /** In characters. */
  readonly width: number;
  /** Characters before it in the line. Default: where the field before ends. */
  readonly from?: number | undefined;
  /** Which side a shorter value stands at; the other is filled. Default left. */
  readonly align?: 'left' | 'right' | undefined;
  /** Fills what a value leaves, and is taken away when it is read. Default a blank. */
  readonly fill?: string | undefined;
}

export interface PlacedField {
  readonly name: string;
  readonly from: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly fill: string;
}

/** @throws ItemsError WM9606 */
export function placeFields(fields: readonly FixedWidthField[]): readonly PlacedField[] {
  let next = 0;
  return fields.map(({ name, width, from = next, align = 'left', fill = ' ' }) => {
    if (!Number.isSafeInteger(width) || width < 1 || !Number.isSafeInteger(from) || from < 0)
      throw badLayout(
        `the field ${name} has the width ${width} at ${from}`,
        'Give whole numbers: a width of 1 or more.',
      );
    if (fill.length !== 1)
      throw badLayout(`the field ${name} is filled with ${JSON.stringify(fill)}`, 'Give one character.');
    next = from + width;
    return { name, from, width, align, fill };
  });
}

function badLayout(what: string, fix: string): ItemsError {
  return new ItemsError(ItemsErrorCode.badOption, `In a layout of fixed width ${what}`, { fix });
}
