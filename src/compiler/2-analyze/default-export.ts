/** What a script exports as default. */
import type { Node } from '../ast.ts';
import type { ModuleAnalysis } from './model.ts';

/** The generator function that the module exports as default, if it is one. */
export function defaultGenerator(analysis: ModuleAnalysis): Node | undefined {
  const { bindingOf, functions, onceDeclarators } = analysis;
  const exported = defaultExport(analysis.program);
  const variable = exported && bindingOf.get(exported);
  const init = onceDeclarators.find(({ id }) => variable !== undefined && bindingOf.get(id) === variable)?.[
    'init'
  ];
  return functions.find(({ node, isGenerator, once }) => {
    if (!isGenerator || !once) return false;
    const isDeclared = node.type === 'FunctionDeclaration' && bindingOf.get(node['id']) === variable;
    return node === exported || (variable !== undefined && (isDeclared || node === init));
  })?.node;
}

function defaultExport(program: Node): Node | undefined {
  for (const statement of program['body'] as Node[]) {
    if (statement.type === 'ExportDefaultDeclaration') return statement['declaration'];
    if (statement.type !== 'ExportNamedDeclaration' || statement['source']) continue;
    const items = statement['specifiers'] as Node[];
    const found = items.find(({ exported }) => exported.name === 'default');
    if (found) return found['local'];
  }
  return undefined;
}
