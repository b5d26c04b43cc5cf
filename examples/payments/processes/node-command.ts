/** How a node is started, and what can be read from what it prints. */
export type NodeEvent =
  | { readonly kind: 'serving'; readonly recovered: number }
  | { readonly kind: 'checkpoints'; readonly checkpoints: number };

export function nodeCommand(_name: string, _data: string, _mesh: string): readonly [URL, ...string[]] {
  return [new URL('../../../bin/waymark.js', import.meta.url)];
}

export function readNodeLine(_line: string): NodeEvent | undefined {
  return undefined;
}
