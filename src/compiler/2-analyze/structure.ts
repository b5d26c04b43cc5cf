/** The text of a piece of a program without layout, comments and types: two pieces with the same text mean the same. */
import { hash } from 'node:crypto';
import { forEachChild, isFunction, type Node } from '../ast.ts';

/** Besides children, what a node says. Places and the spelling of literals are left out. */
const SAYING = [
  'name',
  'operator',
  'kind',
  'static',
  'computed',
  'async',
  'generator',
  'await',
  'optional',
  'shorthand',
  'method',
  'delegate',
  'tail',
  'prefix',
] as const;

/** A short name for `text`; different texts have different ones for all that matters. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16);
}

/** Texts of pieces that are asked for again: a function stands in the text of the one around it, too. */
export class StructureTexts {
  readonly #known = new Map<Node, string>();

  of(node: Node): string {
    if (!node.type.endsWith('Declaration') && !node.type.endsWith('Statement') && !isFunction(node))
      return this.#write(node);
    let text = this.#known.get(node);
    if (text === undefined) this.#known.set(node, (text = this.#write(node)));
    return text;
  }

  #write(node: Node): string {
    let text = `(${node.type}`;
    for (const key of SAYING) {
      const value: unknown = node[key];
      if (value === undefined || value === null || value === false || typeof value === 'object') continue;
      text += ` ${key}=${value === true ? 'true' : JSON.stringify(value)}`;
    }
    if (node.type === 'Literal') text += ` ${literalText(node)}`;
    if (node.type === 'TemplateElement') text += ` ${JSON.stringify(node['value']?.raw)}`;
    // Keys are written before children, so that an absent child is not taken for another one.
    forEachChild(node, (child, key) => {
      text += ` ${key}:`;
      text += this.of(child);
    });
    if (node.type === 'ArrayExpression' || node.type === 'ArrayPattern')
      text += ` holes=${(node['elements'] as unknown[]).map((item) => (item === null ? '0' : '1')).join('')}`;
    return `${text})`;
  }
}

function literalText(node: Node): string {
  if (node['regex']) return `/${node['regex'].pattern}/${node['regex'].flags}`;
  if (typeof node['bigint'] === 'string') return `${node['bigint']}n`;
  const value: unknown = node['value'];
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
