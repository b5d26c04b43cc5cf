/** A value as V8 names it in "... is not a function" and the like. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? '[object Array]' : '#<Object>';
  return String(value);
}
