/** Private methods that are used as values: nobody but the class can say whose they are, so the class says it where they are taken. */
import { forEachChild, type Node } from '../ast.ts';
import type { FunctionTree } from './function-tree.ts';
import type { ClassInfo, FunctionInfo } from './model.ts';

/** `obj.#method`, not called: the node of the member access -> the class that declares the method. */
export function findHeldMethods(program: Node, tree: FunctionTree): Map<Node, ClassInfo> {
  const held = new Map<Node, ClassInfo>();
  const fieldOf = new Map(
    tree.functions.filter(({ kind }) => kind === 'field').map((fn) => [fn.node, fn] as const),
  );
  const visit = (node: Node, parent: Node | null, fn: FunctionInfo, cls: ClassInfo | undefined): void => {
    const inField = parent?.type === 'PropertyDefinition' && parent['value'] === node;
    const outer = inField ? fieldOf.get(node)! : fn;
    const inner = tree.infoOf.get(node) ?? outer;
    const own = tree.classOf.get(node) ?? cls;
    if (
      node.type === 'MemberExpression' &&
      node['property'].type === 'PrivateIdentifier' &&
      !isCalled(node, parent)
    )
      note(node, inner, cls);
    forEachChild(node, (child) => visit(child, node, inner, own));
  };
  const note = (node: Node, fn: FunctionInfo, inside: ClassInfo | undefined): void => {
    const name: string = node['property'].name;
    for (let cls = inside; cls; cls = cls.parent) {
      if (!cls.privateMethods.has(name)) continue;
      held.set(node, cls);
      cls.heldMethods.add(name);
      if (cls.maker) tree.useClass(cls, node, fn);
      else cls.variable ??= '';
      return;
    }
  };
  visit(program, null, tree.module, undefined);
  return held;
}

function isCalled(node: Node, parent: Node | null): boolean {
  if (parent?.type === 'CallExpression') return parent['callee'] === node;
  if (parent?.type === 'TaggedTemplateExpression') return parent['tag'] === node;
  return parent?.type === 'ChainExpression';
}
