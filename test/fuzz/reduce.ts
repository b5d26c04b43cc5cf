/** Makes a program smaller as long as a property holds, by edits of its syntax tree. */
import { parseSync } from 'oxc-parser';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The smallest text found for which `holds`. Every edit removes something, so it ends; `until` (ms since the epoch) ends it sooner.
 * What burns fuel stays where it is, because without it a loop need not end.
 */
export async function reduce(
  source: string,
  holds: (candidate: string) => Promise<boolean>,
  until: number,
): Promise<string> {
  let text = source;
  for (let changed = true; changed;) {
    changed = false;
    let edits = editsOf(text);
    for (let index = 0; index < edits.length && Date.now() < until; index++) {
      const { start, end, text: inserted } = edits[index]!;
      const candidate = text.slice(0, start) + inserted + text.slice(end);
      if (candidate.length >= text.length || !(await holds(candidate))) continue;
      text = candidate;
      changed = true;
      edits = editsOf(text);
      // The edits before this one have been tried, and most of them fail again.
      index = Math.max(-1, index - 2);
    }
  }
  return text;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function parse(text: string): Node | undefined {
  const { program, errors } = parseSync('program.js', text, {
    lang: 'js',
    sourceType: 'module',
    preserveParens: false,
  });
  return errors.length > 0 ? undefined : (program as unknown as Node);
}

/** All edits, those that remove most first. */
function editsOf(text: string): Edit[] {
  const program = parse(text);
  if (!program) return [];
  const edits: Edit[] = [];
  const slice = (node: Node): string => text.slice(node.start, node.end);
  const add = (start: number, end: number, inserted: string): void => {
    if (end - start > inserted.length && !losesFuel(text.slice(start, end), inserted))
      edits.push({ start, end, text: inserted });
  };
  const visit = (node: Node, parent: Node | undefined): void => {
    for (const [field, value] of Object.entries(node)) {
      if (Array.isArray(value)) {
        const items = value.filter(isNode);
        if (REMOVABLE.has(field)) removeFrom(items, field, add, text);
        for (const item of items) visit(item, node);
      } else if (isNode(value)) {
        if (OPTIONAL.has(field)) add(value.start, value.end, '');
        visit(value, node);
      }
    }
    if (node.type.endsWith('Statement') || node.type === 'VariableDeclaration') {
      for (const child of bodiesOf(node)) add(node.start, node.end, unwrapped(child, slice));
      if (node.type === 'IfStatement' && isNode(node['alternate']))
        add((node['consequent'] as Node).end, node['alternate'].end, '');
      if (node.type === 'TryStatement') shortenTry(node, add);
    }
    if (isExpression(node) && parent && !isTarget(node, parent)) {
      for (const child of Object.values(node).flat()) {
        if (isNode(child) && isExpression(child)) add(node.start, node.end, slice(child));
      }
      add(node.start, node.end, '0');
    }
    if (
      isNode(node['body']) &&
      node['type'] === 'ArrowFunctionExpression' &&
      node['body'].type === 'BlockStatement'
    )
      add(node['body'].start, node['body'].end, '0');
    if (node.type === 'AssignmentPattern') add(node.start, node.end, slice(node['left'] as Node));
    if (node['async'] === true && text.slice(node.start, node.start + 6) === 'async ')
      add(node.start, node.start + 6, '');
    if (isNode(node['superClass']))
      add((node['id'] as Node | null)?.end ?? node.start + 5, node['superClass'].end, '');
  };
  visit(program, undefined);
  return edits.sort((a, b) => b.end - b.start - b.text.length - (a.end - a.start - a.text.length));
}

const REMOVABLE = new Set([
  'body',
  'consequent',
  'cases',
  'elements',
  'arguments',
  'properties',
  'params',
  'declarations',
  'specifiers',
  'expressions',
]);
const OPTIONAL = new Set(['init', 'update', 'argument']);

/** Whether only this edit stands between a loop and eternity: it removes `burn()` and nothing around it. */
function losesFuel(removed: string, inserted: string): boolean {
  return /^\(?burn\b/.test(removed) && !inserted.includes('burn()');
}

/** Halves, quarters and so on of a list, down to single items. */
function removeFrom(
  items: readonly Node[],
  field: string,
  add: (start: number, end: number, text: string) => void,
  text: string,
): void {
  const isList = field !== 'body' && field !== 'consequent' && field !== 'cases';
  for (let size = items.length; size >= 1; size = size === 1 ? 0 : (size + 1) >> 1) {
    for (let from = 0; from < items.length; from += size) {
      const first = items[from]!;
      const last = items[Math.min(from + size, items.length) - 1]!;
      let { end } = last;
      let { start } = first;
      if (isList) {
        const comma = /^\s*,\s*/.exec(text.slice(end));
        const before = /,\s*$/.exec(text.slice(0, start));
        if (comma) end += comma[0].length;
        else if (before) start -= before[0].length;
      }
      add(start, end, '');
    }
  }
}

function bodiesOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const field of ['body', 'block', 'consequent', 'alternate', 'finalizer']) {
    const value = node[field];
    if (isNode(value)) found.push(value);
  }
  const handler = node['handler'];
  if (isNode(handler)) found.push(handler['body'] as Node);
  return found;
}

/** The statements of a block without its braces. */
function unwrapped(node: Node, slice: (node: Node) => string): string {
  const body = node.type === 'BlockStatement' ? (node['body'] as Node[]) : [node];
  return body.map(slice).join('\n');
}

function shortenTry(node: Node, add: (start: number, end: number, text: string) => void): void {
  const { handler, finalizer } = node as { handler?: unknown; finalizer?: unknown };
  if (!isNode(handler) || !isNode(finalizer)) return;
  add(handler.end, finalizer.end, '');
  add((node['block'] as Node).end, handler.end, '');
}

function isExpression(node: Node): boolean {
  return /Expression$|^Identifier$|Literal$/.test(node.type);
}

/** Names and assignment targets are no values. */
function isTarget(node: Node, parent: Node): boolean {
  return (
    /Pattern$|^RestElement$|^MetaProperty$|Specifier$|^(Labeled|Break|Continue)Statement$/.test(
      parent.type,
    ) ||
    ((parent.type === 'AssignmentExpression' || /^For(In|Of)/.test(parent.type)) &&
      parent['left'] === node) ||
    (parent.type === 'Property' && parent['key'] === node && parent['computed'] !== true) ||
    (parent.type === 'MemberExpression' && parent['property'] === node && parent['computed'] !== true) ||
    (parent.type.endsWith('Definition') && parent['key'] === node) ||
    parent['id'] === node ||
    parent.type === 'UpdateExpression'
  );
}
