/** Calls of async functions while the module is evaluated: they would run before there is an instance to run them. */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import { isStaticCode } from './function-kinds.ts';
import type { FunctionTree } from './function-tree.ts';
import type { Binding } from './model.ts';

/** Reports each call whose callee is certainly an async function of this module. */
export function refuseModuleCalls(
  program: Node,
  tree: FunctionTree,
  bindingOf: ReadonlyMap<Node, Binding>,
): void {
  const isAsync = (node: Node | null): boolean =>
    node !== null && isFunction(node) && node['async'] === true && node['generator'] !== true;
  const known = new Set<Binding>();
  const collect = (node: Node): void => {
    const id = node['id'] as Node | null | undefined;
    const isDeclaration = node.type === 'FunctionDeclaration' && isAsync(node);
    const isVariable = node.type === 'VariableDeclarator' && isAsync(node['init']);
    if (id && (isDeclaration || isVariable)) known.add(bindingOf.get(id)!);
    forEachChild(node, collect);
  };
  collect(program);
  const isKnown = (callee: Node): boolean => {
    if (isAsync(callee)) return true;
    const binding = callee.type === 'Identifier' ? bindingOf.get(callee) : undefined;
    return binding !== undefined && known.has(binding) && !binding.assigned;
  };
  const visit = (node: Node): void => {
    const info = tree.infoOf.get(node);
    // An initialiser of a field runs when an instance of the class is made.
    const isLater =
      (info !== undefined && !isStaticCode(info)) ||
      (node.type === 'PropertyDefinition' && node['static'] !== true);
    if (isLater) return;
    if (node.type === 'CallExpression' && isKnown(node['callee'])) {
      const callee = node['callee'] as Node;
      tree.report('WM1030', node, {
        name: callee.type === 'Identifier' ? `The async function ${callee['name']}` : 'An async function',
      });
    }
    forEachChild(node, visit);
  };
  visit(program);
}
