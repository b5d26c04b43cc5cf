/** Names that functions get from where they stand (ECMA-262 NamedEvaluation), for stack traces and metadata. */
import type { Node } from '../ast.ts';

export function keyName(member: Node): string {
  const key = member['key'] as Node;
  if (member['computed']) return key.type === 'Literal' ? String(key['value']) : '[computed]';
  if (key.type === 'PrivateIdentifier') return `#${key['name']}`;
  return key.type === 'Identifier' ? key['name'] : String(key['value']);
}

export function nameFromContext(node: Node, parent: Node): string {
  const target = namedTarget(node, parent);
  if (target) return target.type === 'Identifier' ? target['name'] : '';
  if ((parent.type === 'Property' || parent.type === 'PropertyDefinition') && parent['value'] === node)
    return keyName(parent);
  return parent.type === 'ExportDefaultDeclaration' ? 'default' : '';
}

function namedTarget(node: Node, parent: Node): Node | undefined {
  if (parent.type === 'VariableDeclarator' && parent['init'] === node) return parent['id'];
  if (
    (parent.type === 'AssignmentExpression' || parent.type === 'AssignmentPattern') &&
    parent['right'] === node
  )
    return parent['left'];
  return undefined;
}

/** The name in an import or export specifier, which may be written as a string. */
export const nameOfExport = (node: Node): string => (node.type === 'Literal' ? node['value'] : node['name']);
