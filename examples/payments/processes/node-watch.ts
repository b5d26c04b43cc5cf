/**
 * Owns: what the nodes' metrics were at the last look. Invariants:
 *
 * 1. Each node is asked once at a time; one that does not answer within the second has no figures for it.
 * 2. Take-overs are summed over all processes that a node was.
 */
import { ratesBetween, readNodeFigures, type NodeFigures, type NodeRates } from './node-metrics.ts';

const EVERY_MS = 1000;

interface Look {
  readonly at: number;
  readonly figures: NodeFigures;
}

export interface NodeWatchInit {
  /** Pages of metrics of the nodes that serve now, by name. */
  readonly urls: () => ReadonlyMap<string, string>;
  /** ms */
  readonly now: () => number;
  readonly onRates: (node: string, rates: NodeRates) => void;
}

export class NodeWatch {
  readonly #init: NodeWatchInit;
  readonly #looks = new Map<string, Look>();
  readonly #asking = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  /** Instances that nodes have gone on with for dead ones. */
  takenOver = 0;

  constructor(init: NodeWatchInit) {
    this.#init = init;
    this.#timer = setInterval(() => {
      for (const [node, url] of init.urls()) void this.#look(node, url);
    }, EVERY_MS);
  }

  /** Looks a last time. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(Array.from(this.#init.urls(), ([node, url]) => this.#look(node, url)));
  }

  async #look(node: string, url: string): Promise<void> {
    if (this.#asking.has(node)) return;
    this.#asking.add(node);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(EVERY_MS) });
      this.#took(node, readNodeFigures(await response.text()));
    } catch {
      // It has been killed, stands still, or is busy: the curves have a gap.
    } finally {
      this.#asking.delete(node);
    }
  }

  #took(node: string, figures: NodeFigures): void {
    const at = this.#init.now();
    const before = this.#looks.get(node);
    this.#looks.set(node, { at, figures });
    const known = before?.figures.takenOver ?? 0;
    this.takenOver += figures.takenOver >= known ? figures.takenOver - known : figures.takenOver;
    // The first look says what was, not what happens now.
    if (before === undefined) return;
    this.#init.onRates(node, ratesBetween(before.figures, figures, (at - before.at) / 1000));
  }
}
