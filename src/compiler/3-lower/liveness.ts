/**
 * Which variables of a resume function are live at each suspension point (backward dataflow over the lowered
 * statements). Only those are saved. Loops are iterated to a fixed point; a `try` block may jump to its handler from
 * anywhere.
 */
import { visitorKeys } from 'oxc-parser';
import type { Node } from '../ast.ts';
import type { Statement } from './builders.ts';

type Live = ReadonlySet<string>;

interface Surroundings {
  /** Live where `break` (by label, '' without) goes. */
  readonly breaks: ReadonlyMap<string, Live>;
  readonly continues: ReadonlyMap<string, Live>;
  /** Live where an exception goes. */
  readonly handler: Live;
  /** Live where `return` goes: the `finally` blocks around. */
  readonly exit: Live;
}

const NOTHING: Live = new Set();

/** Sets `live` (names, in the order of `variables`) on every `$Suspend` in `statements`. */
export function findLiveVariables(statements: readonly Statement[], variables: readonly string[]): void {
  const known = new Set(variables);
  new Liveness(known).list(statements, NOTHING, {
    breaks: new Map(),
    continues: new Map(),
    handler: NOTHING,
    exit: NOTHING,
  });
}

class Liveness {
  readonly #known: ReadonlySet<string>;
  readonly #reads = new WeakMap<Node, Live>();

  constructor(known: ReadonlySet<string>) {
    this.#known = known;
  }

  list(statements: readonly Statement[], out: Live, around: Surroundings): Live {
    let live = out;
    for (let index = statements.length - 1; index >= 0; index--)
      live = union(this.#statement(statements[index]!, live, around, []), around.handler);
    return live;
  }

  #statement(node: Statement, out: Live, around: Surroundings, labels: readonly string[]): Live {
    switch (node.type) {
      case '$Suspend': {
        const after = node['target'] === null ? out : without(out, [node['target']]);
        const saved = union(after, around.handler);
        node['live'] = node['live'] ? union(node['live'], saved) : saved;
        return union(saved, this.reads(node['value']));
      }
      case 'ExpressionStatement':
        return union(without(out, this.#written(node['expression'])), this.reads(node['expression']));
      case 'BlockStatement':
        return this.list(node['body'], out, around);
      case 'IfStatement': {
        const consequent = this.#statement(node['consequent'], out, around, []);
        const alternate = node['alternate'] ? this.#statement(node['alternate'], out, around, []) : out;
        return union(union(consequent, alternate), this.reads(node['test']));
      }
      case 'LabeledStatement': {
        const label: string = node['label'].name;
        const breaks = new Map(around.breaks).set(label, out);
        return this.#statement(node['body'], out, { ...around, breaks }, [...labels, label]);
      }
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.#loop(node, out, around, labels);
      case 'SwitchStatement':
        return this.#switch(node, out, around);
      case 'TryStatement':
        return this.#try(node, out, around);
      case 'ReturnStatement':
        return node['argument'] ? union(around.exit, this.reads(node['argument'])) : around.exit;
      case 'ThrowStatement':
        return union(around.handler, this.reads(node['argument']));
      case 'BreakStatement':
        return around.breaks.get(node['label']?.name ?? '') ?? out;
      case 'ContinueStatement':
        return around.continues.get(node['label']?.name ?? '') ?? out;
      default:
        // A statement without suspension points: whatever it reads, nothing is known to be overwritten.
        return union(out, this.reads(node));
    }
  }

  #loop(node: Statement, out: Live, around: Surroundings, labels: readonly string[]): Live {
    const test = node['test'] ? this.reads(node['test']) : NOTHING;
    const update = node['update'] ? this.reads(node['update']) : NOTHING;
    // `for (;;)` ends by break only.
    const end = node['test'] || node.type !== 'ForStatement' ? out : NOTHING;
    const breaks = new Map(around.breaks).set('', out);
    let top: Live = union(end, test);
    for (;;) {
      const again = union(union(top, update), test);
      const continues = new Map(around.continues).set('', again);
      for (const label of labels) continues.set(label, again);
      const next = union(
        top,
        this.#statement(node['body'], union(again, end), { ...around, breaks, continues }, []),
      );
      if (next.size === top.size) break;
      top = next;
    }
    return node['init'] ? union(top, this.reads(node['init'])) : top;
  }

  #switch(node: Statement, out: Live, around: Surroundings): Live {
    const inner = { ...around, breaks: new Map(around.breaks).set('', out) };
    let live = out;
    let entry = out;
    for (const item of (node['cases'] as Node[]).toReversed()) {
      live = this.list(item['consequent'], live, inner);
      entry = union(entry, live);
      if (item['test']) entry = union(entry, this.reads(item['test']));
    }
    return union(entry, this.reads(node['discriminant']));
  }

  #try(node: Statement, out: Live, around: Surroundings): Live {
    let inner = around;
    let after = out;
    if (node['finalizer']) {
      // It may be followed by anything that the block could jump to.
      let next = union(out, union(around.exit, around.handler));
      for (const live of around.breaks.values()) next = union(next, live);
      for (const live of around.continues.values()) next = union(next, live);
      after = this.#statement(node['finalizer'], next, around, []);
      const through = (targets: ReadonlyMap<string, Live>): Map<string, Live> =>
        new Map([...targets].map(([label, live]) => [label, union(live, after)]));
      inner = {
        breaks: through(around.breaks),
        continues: through(around.continues),
        handler: union(around.handler, after),
        exit: union(around.exit, after),
      };
    }
    if (!node['handler']) return this.#statement(node['block'], after, inner, []);
    const handled = this.#statement(node['handler'].body, after, inner, []);
    return this.#statement(node['block'], after, { ...inner, handler: union(inner.handler, handled) }, []);
  }

  /** Variables that an expression reads, anywhere in it. */
  reads(node: Node): Live {
    const known = this.#reads.get(node);
    if (known) return known;
    const found = new Set<string>();
    this.#collect(node, found);
    this.#reads.set(node, found);
    return found;
  }

  #collect(node: Node, found: Set<string>): void {
    if (node.type === 'Identifier') {
      if (this.#known.has(node['name'])) found.add(node['name']);
      return;
    }
    if (node.type === 'AssignmentExpression' && node['operator'] === '=') {
      this.#collectTarget(node['left'], found);
      this.#collect(node['right'], found);
      return;
    }
    for (const key of (visitorKeys as Record<string, readonly string[]>)[node.type] ?? ['value']) {
      if (isName(node, key)) continue;
      const value = node[key];
      if (Array.isArray(value)) {
        for (const item of value) if (item) this.#collect(item as Node, found);
      } else if (value && typeof value === 'object' && typeof value.type === 'string')
        this.#collect(value as Node, found);
    }
  }

  /** An assigned variable is not read; what a pattern or member access evaluates is. */
  #collectTarget(node: Node, found: Set<string>): void {
    if (node.type === 'Identifier') return;
    if (node.type === 'ObjectPattern') {
      for (const property of node['properties'] as Node[]) {
        if (property['computed']) this.#collect(property['key'], found);
        this.#collectTarget(
          property.type === 'RestElement' ? property['argument'] : property['value'],
          found,
        );
      }
    } else if (node.type === 'ArrayPattern') {
      for (const item of node['elements'] as (Node | null)[]) if (item) this.#collectTarget(item, found);
    } else if (node.type === 'AssignmentPattern') {
      this.#collectTarget(node['left'], found);
      this.#collect(node['right'], found);
    } else if (node.type === 'RestElement') this.#collectTarget(node['argument'], found);
    else this.#collect(node, found);
  }

  /** Variables that the expression certainly assigns. */
  #written(node: Node): readonly string[] {
    if (node.type === 'SequenceExpression')
      return (node['expressions'] as Node[]).flatMap((item) => this.#written(item));
    if (node.type !== 'AssignmentExpression' || node['operator'] !== '=') return [];
    const inner = this.#written(node['right']);
    return [...inner, ...assignedNames(node['left'])];
  }
}

/** Variables that a target assigns once it is done; where an exception goes is looked at apart. */
function assignedNames(target: Node): string[] {
  switch (target.type) {
    case 'Identifier':
      return [target['name']];
    case 'ObjectPattern':
      return (target['properties'] as Node[]).flatMap((item) =>
        assignedNames(item.type === 'RestElement' ? item : item['value']),
      );
    case 'ArrayPattern':
      return (target['elements'] as (Node | null)[]).flatMap((item) => (item ? assignedNames(item) : []));
    case 'AssignmentPattern':
      return assignedNames(target['left']);
    case 'RestElement':
      return assignedNames(target['argument']);
    default:
      return [];
  }
}

/** Names of properties and labels, which are no variables. */
function isName(node: Node, key: string): boolean {
  if (node.type === 'MemberExpression') return key === 'property' && !node['computed'];
  if (node.type === 'Property') return key === 'key' && !node['computed'];
  return key === 'label' || node.type === 'MetaProperty';
}

function union(a: Live, b: Live): Live {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  const all = new Set(a);
  for (const name of b) all.add(name);
  return all.size === a.size ? a : all;
}

function without(live: Live, names: readonly string[]): Live {
  if (!names.some((name) => live.has(name))) return live;
  const rest = new Set(live);
  for (const name of names) rest.delete(name);
  return rest;
}
