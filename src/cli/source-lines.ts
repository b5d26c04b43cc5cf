/** The author's lines, from the source map that a bundle carries: the files themselves may have changed since. */
import type { Bundle } from '../bundle.ts';

/** `file` as in `bundle.sources`, `line` from 1. Without indentation; undefined when the bundle does not have it. */
export function sourceLineReader(bundle: Bundle): (file: string, line: number) => string | undefined {
  const { sourcesContent = [] } = JSON.parse(bundle.map) as { sourcesContent?: readonly (string | null)[] };
  const lines = new Map<string, readonly string[]>();
  return (file, line) => {
    let found = lines.get(file);
    if (found === undefined) {
      const text = sourcesContent[bundle.sources.indexOf(file)] ?? '';
      lines.set(file, (found = text.split(/\r\n|[\n\r\u2028\u2029]/)));
    }
    const text = found[line - 1]?.trim();
    return text === '' ? undefined : text;
  };
}
