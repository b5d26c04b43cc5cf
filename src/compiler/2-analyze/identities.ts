/**
 * By what a function, a class or a suspension point is found again in another version of the script: where it stands, by
 * names, not by numbers or lines. docs/decisions/0012 has the rule that uses it.
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import type { ModuleAnalysis } from './model.ts';
import { keyName, nameFromContext } from './names.ts';
import { digest, StructureTexts } from './structure.ts';

export interface Identity {
  /** Names of what it stands in, then its own: `default/retry`, `Order/get total`. Not always unique. */
  readonly path: string;
  /** Of its text, functions in it included. */
  readonly digest: string;
  /** By `line:column` of its suspension points: in what structure of the function, in which expression. */
  readonly places: ReadonlyMap<string, string>;
  /** Of a class: its instance fields, and the base it names. */
  readonly shape: string | undefined;
}

/** Of every function and class of the module, by its node. */
export function identitiesOf(analysis: ModuleAnalysis): ReadonlyMap<Node, Identity> {
  const found = new Map<Node, Identity>();
  const texts = new StructureTexts();
  const walk = (node: Node, parent: Node, grand: Node | undefined, path: string): void => {
    let inner = path;
    const isClass = node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
    if (isClass || isFunction(node)) {
      const own = segment(node, parent, grand, texts);
      inner = path === '' ? own : `${path}/${own}`;
      found.set(node, {
        path: inner,
        digest: digest(texts.of(node)),
        places: isClass ? NO_PLACES : placesIn(node, analysis.suspends, texts),
        shape: isClass ? classShape(node, analysis.classOf.get(node)?.maker !== undefined, texts) : undefined,
      });
    }
    forEachChild(node, (child) => walk(child, node, parent, inner));
  };
  forEachChild(analysis.program, (child) => walk(child, analysis.program, undefined, ''));
  return found;
}

const NO_PLACES: ReadonlyMap<string, string> = new Map();

function segment(node: Node, parent: Node, grand: Node | undefined, texts: StructureTexts): string {
  if (parent.type === 'ExportDefaultDeclaration') return 'default';
  if (parent.type === 'MethodDefinition' || (parent.type === 'Property' && parent['value'] === node)) {
    const kind = parent['kind'] === 'get' || parent['kind'] === 'set' ? `${parent['kind']} ` : '';
    return `${parent['static'] ? 'static ' : ''}${kind}${keyText(parent, texts)}`;
  }
  if (parent.type === 'PropertyDefinition')
    return `${parent['static'] ? 'static ' : ''}${keyText(parent, texts)}`;
  const name: string = node['id']?.name ?? nameFromContext(node, parent);
  if (name !== '') return name;
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    const index = (parent['arguments'] as Node[]).indexOf(node);
    return index < 0 ? '<called>' : `<argument ${index} of ${calleeText(parent['callee'])}>`;
  }
  return `<in ${parent.type}${grand ? ` of ${grand.type}` : ''}>`;
}

const keyText = (member: Node, texts: StructureTexts): string =>
  member['computed'] ? `[${digest(texts.of(member['key']))}]` : keyName(member);

function calleeText(callee: Node): string {
  if (callee.type === 'Identifier') return callee['name'];
  if (callee.type === 'ThisExpression') return 'this';
  if (callee.type === 'MemberExpression' && !callee['computed'])
    return `${calleeText(callee['object'])}.${callee['property'].name}`;
  return `<${callee.type}>`;
}

/**
 * Fields may come and go only with a new class: instances of the old one do not have the new ones. A class that is made at run time is
 * not evaluated again: the same is true of its static elements and computed keys.
 */
function classShape(node: Node, isMade: boolean, texts: StructureTexts): string {
  const members = node['body'].body as Node[];
  const fields = members
    .filter((member) => member.type === 'PropertyDefinition' && !member['static'])
    .map((member) => (member['computed'] ? texts.of(member['key']) : keyName(member)));
  const base = node['superClass'] ? texts.of(node['superClass']) : '';
  if (!isMade) return JSON.stringify([base, fields.toSorted()]);
  const statics = members
    .filter((member) => member.type === 'PropertyDefinition' && member['static'])
    .map((member) => (member['computed'] ? texts.of(member['key']) : keyName(member)));
  const keys = members.filter((member) => member['computed']).map((member) => texts.of(member['key']));
  const blocks = members.filter(({ type }) => type === 'StaticBlock').map((member) => texts.of(member));
  return JSON.stringify([base, fields.toSorted(), statics.toSorted(), keys, blocks]);
}

const SUSPENDS = new Set(['AwaitExpression', 'YieldExpression']);

function placesIn(fn: Node, suspends: ReadonlySet<Node>, texts: StructureTexts): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const body = fn['body'] as Node;
  // Where a generator waits for its first request when its parameters have been bound.
  if (fn['generator']) places.set(positionText(fn), 'begin');
  const visitHead = (head: Node, around: string): void => {
    const text = texts.of(head);
    let ordinal = 0;
    const visit = (node: Node): void => {
      if (isFunction(node)) return;
      forEachChild(node, visit);
      const isUsing = node.type === 'VariableDeclaration' && node['kind'] === 'await using';
      if (!SUSPENDS.has(node.type) && !isUsing) return;
      places.set(positionText(node), digest(`${around}|${text}|${ordinal++}`));
    };
    visit(head);
  };
  const visitStatement = (node: Node, around: string): void => {
    if (isFunction(node) || node.type.startsWith('Class')) return;
    const under = nested(node, suspends, texts);
    if (under === undefined) {
      visitHead(node, around);
      return;
    }
    for (const head of under.heads) if (head) visitHead(head, `${around}/${node.type}?`);
    if (node.type === 'ForOfStatement' && node['await']) {
      places.set(
        positionText(node),
        digest(`${around}|${texts.of(node['left'])} of ${texts.of(node['right'])}`),
      );
    }
    for (const [label, statements] of under.bodies)
      for (const statement of statements) if (statement) visitStatement(statement, `${around}/${label}`);
  };
  if (body.type === 'BlockStatement')
    for (const statement of body['body'] as Node[]) visitStatement(statement, '');
  else visitHead(body, '=>');
  return places;
}

function positionText(node: Node): string {
  const { line, column } = node.loc!.start;
  return `${line}:${column}`;
}

interface Nested {
  /** Expressions evaluated in the statement itself. */
  readonly heads: readonly (Node | null)[];
  /** Statements in it, each list with what it means to be there. */
  readonly bodies: readonly (readonly [string, readonly (Node | null)[]])[];
}

/**
 * What a statement contains; undefined if it contains expressions only. A star: a part that decides about the way back suspends
 * itself, and the statement keeps more temporaries.
 */
function nested(node: Node, suspends: ReadonlySet<Node>, texts: StructureTexts): Nested | undefined {
  const star = (part: Node | null): string => (part === null ? '' : suspends.has(part) ? '*' : '+');
  switch (node.type) {
    case 'BlockStatement':
      return { heads: [], bodies: [[blockLabel(node, texts), node['body']]] };
    case 'IfStatement':
      return {
        heads: [node['test']],
        bodies: [
          ['if', [node['consequent']]],
          ['else', [node['alternate']]],
        ],
      };
    case 'LabeledStatement':
      return { heads: [], bodies: [[`${node['label'].name}:`, [node['body']]]] };
    case 'WhileStatement':
      return { heads: [node['test']], bodies: [['while', [node['body']]]] };
    case 'DoWhileStatement':
      return { heads: [node['test']], bodies: [['do', [node['body']]]] };
    case 'ForStatement':
      return { heads: [node['init'], node['test'], node['update']], bodies: [['for', [node['body']]]] };
    case 'ForInStatement':
    case 'ForOfStatement': {
      const label = `${node['await'] ? 'for-await' : node.type === 'ForOfStatement' ? 'for-of' : 'for-in'} ${texts.of(node['left'])}`;
      return { heads: [node['right']], bodies: [[label, [node['body']]]] };
    }
    case 'SwitchStatement': {
      const tests = (node['cases'] as Node[]).map((item) => star(item['test'])).join('');
      return {
        heads: [node['discriminant']],
        // The number of the case is saved.
        bodies: (node['cases'] as Node[]).map((item, index) => [
          `switch ${tests} case ${index} ${item['test'] ? texts.of(item['test']) : 'default'}`,
          item['consequent'] as Node[],
        ]),
      };
    }
    case 'TryStatement': {
      const label = `try catch${star(node['handler'])} finally${star(node['finalizer'])}`;
      return {
        heads: [],
        bodies: [
          [`${label}: block`, [node['block']]],
          [`${label}: handler`, [node['handler']?.body ?? null]],
          [`${label}: finalizer`, [node['finalizer']]],
        ],
      };
    }
    default:
      return undefined;
  }
}

/** Leaving a block disposes what it holds; other blocks only keep names apart. */
function blockLabel(node: Node, texts: StructureTexts): string {
  const using = (node['body'] as Node[]).filter(
    (statement) => statement.type === 'VariableDeclaration' && String(statement['kind']).endsWith('using'),
  );
  return `{${using.map((statement) => texts.of(statement)).join()}}`;
}
