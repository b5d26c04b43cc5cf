/** Which expressions give what a package made or exports: a package may do with what it is given whatever it likes. */
import { forEachChild, type Node } from '../ast.ts';
import type { Binding, ModuleAnalysis } from './model.ts';

/** Relative modules are part of the bundle; what the others do is known. */
const NOT_A_PACKAGE = /^(\.{1,2}\/|node:|waymark(\/|$))/;

export class PackageValues {
  readonly #imports = new Set<Binding>();
  readonly #madeFrom = new Map<Binding, Node>();

  constructor(modules: readonly ModuleAnalysis[]) {
    for (const analysis of modules) {
      for (const statement of analysis.program['body'] as Node[]) {
        if (statement.type !== 'ImportDeclaration' || NOT_A_PACKAGE.test(statement['source'].value)) continue;
        for (const { local } of statement['specifiers'] as { local: Node }[]) {
          const binding = analysis.bindingOf.get(local);
          if (binding) this.#imports.add(binding);
        }
      }
    }
    if (this.#imports.size > 0) for (const analysis of modules) this.#collect(analysis, analysis.program);
  }

  #collect(analysis: ModuleAnalysis, node: Node): void {
    if (node.type === 'VariableDeclarator' && node['init'] && node['id'].type === 'Identifier') {
      const binding = analysis.bindingOf.get(node['id']);
      if (binding) this.#madeFrom.set(binding, node['init']);
    }
    forEachChild(node, (child) => this.#collect(analysis, child));
  }

  /** Whether a package gives the value of `node`. */
  gives(analysis: ModuleAnalysis, node: Node): boolean {
    if (this.#imports.size === 0) return false;
    switch (node.type) {
      case 'MemberExpression':
        return this.gives(analysis, node['object']);
      case 'CallExpression':
      case 'NewExpression':
        return this.gives(analysis, node['callee']);
      case 'AwaitExpression':
        return this.gives(analysis, node['argument']);
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return this.gives(analysis, node['expression']);
      case 'Identifier': {
        const binding = analysis.bindingOf.get(node);
        if (!binding) return false;
        if (this.#imports.has(binding)) return true;
        const source = this.#madeFrom.get(binding);
        return (
          source !== undefined &&
          source !== node &&
          !this.#mentions(source, node) &&
          this.gives(analysis, source)
        );
      }
      default:
        return false;
    }
  }

  /** `const x = f(x)`: no answer there. */
  #mentions(source: Node, node: Node): boolean {
    let found = false;
    const look = (child: Node): void => {
      found ||= child.type === 'Identifier' && child['name'] === node['name'];
      if (!found) forEachChild(child, look);
    };
    look(source);
    return found;
  }
}
