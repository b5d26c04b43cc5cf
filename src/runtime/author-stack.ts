/** Stack traces in the author's lines, where Node has not mapped them already. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '../bundle.ts';

const maps = new Map<string, TraceMap>();

/** The name under which V8 knows the code of a bundle. */
export function bundlePlace(bundle: Bundle): string {
  return `waymark:${bundle.name}-${bundle.hash.slice(0, 12)}.js`;
}

/** Rewrites the places of `bundle` in the stack of an error; other values stay as they are. */
export function mapStack(error: unknown, bundle: Bundle): void {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return;
  const place = bundlePlace(bundle);
  if (!error.stack.includes(place)) return;
  let map = maps.get(bundle.hash);
  if (!map) maps.set(bundle.hash, (map = new TraceMap(bundle.map)));
  const pattern = new RegExp(`${place.replaceAll(/[.$]/g, '\\$&')}:(\\d+):(\\d+)`, 'g');
  const stack = error.stack.replaceAll(pattern, (whole, line: string, column: string) => {
    const found = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
    if (found.source === null) return whole;
    const file = found.source.startsWith('file:') ? fileURLToPath(found.source) : found.source;
    return `${file}:${found.line}:${found.column + 1}`;
  });
  Object.defineProperty(error, 'stack', {
    value: stack,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
