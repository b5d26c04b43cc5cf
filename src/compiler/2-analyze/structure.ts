/** The text of a piece of a program without layout, comments and types: two pieces with the same text mean the same. */
import { createHash } from 'node:crypto';
import { forEachChild, type Node } from '../ast.ts';

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
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

export function structureText(node: Node): string {
  const parts: string[] = [];
  write(node, parts);
  return parts.join('');
}

function write(node: Node, parts: string[]): void {
  parts.push('(', node.type);
  for (const key of SAYING) {
    const value: unknown = node[key];
    if (value !== undefined && value !== null && value !== false && typeof value !== 'object')
      parts.push(' ', key, '=', JSON.stringify(value));
  }
  if (node.type === 'Literal') parts.push(' ', literalText(node));
  if (node.type === 'TemplateElement') parts.push(' ', JSON.stringify(node['value']?.raw));
  // Keys are written before children, so that an absent child is not taken for another one.
  forEachChild(node, (child, key) => {
    parts.push(' ', key, ':');
    write(child, parts);
  });
  if (node.type === 'ArrayExpression' || node.type === 'ArrayPattern')
    parts.push(
      ' holes=',
      (node['elements'] as unknown[]).map((item) => (item === null ? '0' : '1')).join(''),
    );
  parts.push(')');
}

function literalText(node: Node): string {
  if (node['regex']) return `/${node['regex'].pattern}/${node['regex'].flags}`;
  if (typeof node['bigint'] === 'string') return `${node['bigint']}n`;
  const value: unknown = node['value'];
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
