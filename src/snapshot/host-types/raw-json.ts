/** What `JSON.rawJSON` gives: text that `JSON.stringify` copies as it is. */
import type { HostType } from '../snapshot-context.ts';

interface RawJsonMethods {
  rawJSON(this: void, text: string): { readonly rawJSON: string };
  isRawJSON(this: void, value: unknown): boolean;
}
const { rawJSON, isRawJSON } = JSON as unknown as RawJsonMethods;

export const RAW_JSON: HostType<{ readonly rawJSON: string }> = {
  name: 'RawJSON',
  prototype: undefined,
  is: isRawJSON,
  parts: (value) => [value.rawJSON],
  make: ([text]) => rawJSON(text as string),
  // Frozen from the beginning, with this one property.
  hides: () => true,
};
