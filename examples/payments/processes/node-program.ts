/** How a node is started, and what can be read from what it prints. */

export type NodeEvent =
  | { readonly kind: 'serving'; readonly recovered: number }
  /** So many more have been made durable. */
  | { readonly kind: 'checkpoints'; readonly checkpoints: number };

export interface NodeProgram {
  command(name: string, data: string, mesh: string): readonly [URL, ...string[]];
  /** Undefined for a line that means nothing to the demo. */
  readLine(line: string): NodeEvent | undefined;
}

export const serveCommand: NodeProgram = {
  command: () => [new URL('../../../bin/waymark.js', import.meta.url)],
  readLine: () => undefined,
};
