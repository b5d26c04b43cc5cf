/** ESTree as the phases pass it on. `loc` holds positions in the author's file (line from 1, column from 0). */
import { visitorKeys } from 'oxc-parser';

export interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface Node {
  type: string;
  /** Offsets in the text without types; order of evaluation is judged by them. Absent on generated nodes. */
  start?: number;
  end?: number;
  loc?: Location;
  // The shape differs by `type`; spelling out ESTree here would say nothing that the node names do not say.
  [key: string]: any;
}

const NO_KEYS: readonly string[] = [];

/** The child nodes of `node`, in source order. */
export function forEachChild(node: Node, visit: (child: Node, key: string) => void): void {
  for (const key of (visitorKeys as Record<string, readonly string[]>)[node.type] ?? NO_KEYS) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item === 'object') visit(item as Node, key);
    } else if (value !== null && typeof value === 'object' && typeof value.type === 'string') {
      visit(value as Node, key);
    }
  }
}

export function isFunction(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

export function isLoop(node: Node): boolean {
  return (
    node.type === 'ForStatement' ||
    node.type === 'ForInStatement' ||
    node.type === 'ForOfStatement' ||
    node.type === 'WhileStatement' ||
    node.type === 'DoWhileStatement'
  );
}

/** The identifiers that a binding pattern declares, in source order. */
export function boundIdentifiers(pattern: Node, found: Node[] = []): Node[] {
  switch (pattern.type) {
    case 'Identifier':
      found.push(pattern);
      break;
    case 'ObjectPattern':
      for (const property of pattern['properties'])
        boundIdentifiers(property.type === 'RestElement' ? property.argument : property.value, found);
      break;
    case 'ArrayPattern':
      for (const element of pattern['elements']) if (element) boundIdentifiers(element, found);
      break;
    case 'AssignmentPattern':
      boundIdentifiers(pattern['left'], found);
      break;
    case 'RestElement':
      boundIdentifiers(pattern['argument'], found);
      break;
  }
  return found;
}
