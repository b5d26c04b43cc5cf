/** How a node is started, and what can be read from what it prints. */
import { fileURLToPath } from 'node:url';

export type NodeEvent =
  | { readonly kind: 'serving'; readonly recovered: number }
  /** So many more have been made durable. */
  | { readonly kind: 'checkpoints'; readonly checkpoints: number };

export interface NodeProgram {
  command(name: string, data: string, mesh: string): readonly [URL, ...string[]];
  /** Undefined for a line that means nothing to the demo. */
  readLine(line: string): NodeEvent | undefined;
}

const commandLine = new URL('../../../bin/waymark.js', import.meta.url);
const scripts = fileURLToPath(new URL('../scripts', import.meta.url));

/** `waymark serve`, as a user would start it. */
export const serveCommand: NodeProgram = {
  command: (_name, data, mesh) => [commandLine, 'serve', scripts, '--data', data, '--socket', mesh, '--json'],
  readLine(line) {
    // Not every line needs to be ours: a library may print what it likes.
    if (!line.startsWith('{')) return undefined;
    let entry: Readonly<Record<string, unknown>>;
    try {
      entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
    } catch {
      return undefined;
    }
    if (entry.event === 'serving') return { kind: 'serving', recovered: Number(entry.recovered) };
    if (entry.event === 'activity') return { kind: 'checkpoints', checkpoints: Number(entry.checkpoints) };
    return undefined;
  },
};
