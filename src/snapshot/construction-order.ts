/**
 * Strongly connected components of the graph of a snapshot (Tarjan 1972, without recursion). They come out in reverse topological
 * order: whatever a component reaches outside itself has come before it.
 */

/** Who refers to whom, in the compact form in which both walks collect it. */
export interface ObjectGraph {
  readonly count: number;
  /** Objects first met in the body of `i` are those from `firstChild[i]` up to, not including, `firstChild[i + 1]`. */
  readonly firstChild: readonly number[];
  /** All other references, as pairs (from, to); those from the root have a negative `from`. */
  readonly references: readonly number[];
  readonly referenceCount: number;
}

/** Calls `visit` with the members of each component, callees before callers. */
export function eachComponent(graph: ObjectGraph, visit: (members: readonly number[]) => void): void {
  const { count } = graph;
  const { start, targets } = adjacency(graph);
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const next = new Int32Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  let counter = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (order[node] === -1) {
        order[node] = low[node] = counter++;
        next[node] = start[node]!;
        stack.push(node);
        onStack[node] = 1;
      }
      if (next[node]! < start[node + 1]!) {
        const target = targets[next[node]!++]!;
        if (order[target] === -1) path.push(target);
        else if (onStack[target] === 1) low[node] = Math.min(low[node]!, order[target]!);
        continue;
      }
      path.pop();
      const caller = path[path.length - 1];
      if (caller !== undefined) low[caller] = Math.min(low[caller]!, low[node]!);
      if (low[node] !== order[node]) continue;
      const members = takeFrom(stack, node);
      for (const member of members) onStack[member] = 0;
      visit(members);
    }
  }
}

/** The references of object i are `targets[start[i], start[i + 1])`. */
function adjacency(graph: ObjectGraph): { start: Int32Array; targets: Int32Array } {
  const { count, firstChild, references, referenceCount } = graph;
  const start = new Int32Array(count + 1);
  const childEnd = (node: number): number => (node + 1 < count ? firstChild[node + 1]! : count);
  for (let node = 0; node < count; node++) start[node + 1] = childEnd(node) - firstChild[node]!;
  for (let pair = 0; pair < referenceCount; pair += 2) {
    const from = references[pair]!;
    if (from >= 0) start[from + 1]!++;
  }
  for (let node = 0; node < count; node++) start[node + 1]! += start[node]!;
  const targets = new Int32Array(start[count]!);
  const fill = start.slice(0, count);
  for (let node = 0; node < count; node++) {
    for (let child = firstChild[node]!; child < childEnd(node); child++) targets[fill[node]!++] = child;
  }
  for (let pair = 0; pair < referenceCount; pair += 2) {
    const from = references[pair]!;
    if (from >= 0) targets[fill[from]!++] = references[pair + 1]!;
  }
  return { start, targets };
}

/**
 * Orders things so that each comes after what it needs. `needs` are pairs (who, what).
 * @returns the order of all that occur, or the number of one that needs itself.
 */
export function orderByNeeds(needs: readonly number[]): number[] | number {
  const wanted = new Map<number, number[]>();
  for (let pair = 0; pair < needs.length; pair += 2) {
    const list = wanted.get(needs[pair]!);
    if (list === undefined) wanted.set(needs[pair]!, [needs[pair + 1]!]);
    else list.push(needs[pair + 1]!);
  }
  const state = new Map<number, 'open' | 'done'>();
  const order: number[] = [];
  for (const root of wanted.keys()) {
    const path: { node: number; next: number }[] = [];
    if (!state.has(root)) path.push({ node: root, next: 0 });
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      state.set(top.node, 'open');
      const target = wanted.get(top.node)?.[top.next++];
      if (target === undefined) {
        state.set(top.node, 'done');
        order.push(top.node);
        path.pop();
      } else if (state.get(target) === 'open') return target;
      else if (!state.has(target)) path.push({ node: target, next: 0 });
    }
  }
  return order;
}

/** Removes and returns the end of `stack` from `node` on; `node` is near the end. */
function takeFrom(stack: number[], node: number): number[] {
  const members: number[] = [];
  for (;;) {
    const member = stack.pop()!;
    members.push(member);
    if (member === node) return members;
  }
}
