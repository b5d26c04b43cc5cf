/** Counts the kinds of syntax that programs are made of. */
import { parseSync } from 'oxc-parser';
import type { Program } from './batch.ts';

interface Node {
  readonly type: string;
  readonly [field: string]: any;
}

export class Coverage {
  #programs = 0;
  /** By feature: the programs that have it. */
  readonly #counts = new Map<string, number>();

  add({ main, parts }: Program): void {
    const found = new Set<string>();
    for (const source of [main, ...Object.values(parts)]) {
      const { program } = parseSync('program.js', source, { lang: 'js', sourceType: 'module' });
      visit(program as unknown as Node, { async: false, inTry: '' }, found);
    }
    this.#programs++;
    for (const feature of found) this.#counts.set(feature, (this.#counts.get(feature) ?? 0) + 1);
  }

  /** Percentage of programs with each feature, most frequent first. */
  table(): string {
    const rows = [...this.#counts]
      .sort((a, b) => b[1] - a[1])
      .map(([feature, count]) => `${((100 * count) / this.#programs).toFixed(2).padStart(6)} %  ${feature}`);
    return `features of ${this.#programs} programs:\n${rows.join('\n')}`;
  }
}

interface Place {
  readonly async: boolean;
  /** `try`, `catch` or `finally`, with what surrounds it in this function. */
  readonly inTry: string;
}

function visit(node: Node, place: Place, found: Set<string>): void {
  for (const feature of featuresOf(node, place)) found.add(feature);
  const inner = placeInside(node, place);
  for (const [field, value] of Object.entries(node)) {
    const within =
      node.type === 'TryStatement'
        ? { ...inner, inTry: { block: 'try', handler: 'catch', finalizer: 'finally' }[field] ?? inner.inTry }
        : inner;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        visit(child as Node, within, found);
    }
  }
}

function placeInside(node: Node, place: Place): Place {
  return /Function/.test(node.type) ? { async: node['async'] === true, inTry: '' } : place;
}

function* featuresOf(node: Node, place: Place): Generator<string> {
  const { type } = node;
  if (
    /^(Identifier|Literal|ParenthesizedExpression|ExpressionStatement|Program|TemplateElement|PrivateIdentifier)$/.test(
      type,
    )
  )
    return;
  const operator = node['operator'];
  if (/Function/.test(type) && type !== 'FunctionBody')
    yield `${node['async'] ? 'async ' : ''}${node['generator'] ? 'generator ' : ''}${type}`;
  else if (type === 'VariableDeclaration') yield `${type} ${String(node['kind'])}`;
  else if (type.endsWith('Definition'))
    yield `${node['static'] ? 'static ' : ''}${(node['key'] as Node).type === 'PrivateIdentifier' ? 'private ' : ''}${(node['kind'] as string | undefined) ?? 'field'} of a class`;
  else if (type === 'ForOfStatement' && node['await']) yield 'for await';
  else if (typeof operator === 'string') yield `${type} ${operator}`;
  else if (type === 'Property')
    yield `${type} ${String(node['kind'])}${node['method'] ? ' method' : ''}${node['computed'] ? ' computed' : ''}`;
  else if (type === 'CallExpression' || type === 'MemberExpression')
    yield `${node['optional'] ? 'optional ' : ''}${type}${node['computed'] ? ' computed' : ''}${calledOn(node)}`;
  else if (type === 'YieldExpression') yield node['delegate'] ? 'yield*' : 'yield';
  else if (type === 'ClassDeclaration' || type === 'ClassExpression')
    yield `${type}${node['superClass'] ? ' extends' : ''}`;
  else yield type;
  if (/^(Return|Break|Continue|Throw)Statement$/.test(type)) {
    if (node['label']) yield `${type} with a label`;
    if (place.inTry) yield `${type} in ${place.inTry}`;
  }
  if ((type === 'AwaitExpression' || type === 'YieldExpression') && place.inTry)
    yield `${type} in ${place.inTry}`;
}

/** `Promise.all` and the like, `.then`, `super.m`, the script API. */
function calledOn(node: Node): string {
  const callee = (node['callee'] ?? node) as Node;
  if (callee.type === 'Super') return ' super';
  if (callee.type === 'Identifier')
    return /^(checkpoint|sleep|setTimeout|queueMicrotask|delay|thenable)$/.test(String(callee['name']))
      ? ` ${String(callee['name'])}`
      : '';
  if (callee.type !== 'MemberExpression' || node.type !== 'CallExpression') return '';
  const object = callee['object'] as Node;
  const name = String((callee['property'] as Node)['name']);
  if (object.type === 'Super') return ' on super';
  if (object['name'] === 'Promise') return ` Promise.${name}`;
  return /^(then|catch|finally|call|apply|bind|next|return|throw)$/.test(name) ? ` .${name}` : '';
}
