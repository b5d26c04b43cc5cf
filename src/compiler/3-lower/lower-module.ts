/** Phase 3: one analysed module -> statements of the bundle's function. */
import { boundIdentifiers, type Node } from '../ast.ts';
import { ModuleOutput } from './bundle-output.ts';
import {
  call,
  declare,
  declareAll,
  evaluate,
  identifier,
  literal,
  object,
  property,
  type Expression,
  type Statement,
} from './builders.ts';
import { classExpression } from './class.ts';
import { madeClass } from './class-at-run-time.ts';
import { functionExpression, moduleFunction } from './closure.ts';
import { convert } from './expression.ts';
import { FunctionLowering } from './function-lowering.ts';
import { keepName } from './keep-name.ts';
import { lowerStatement } from './statement.ts';

export interface LoweredModule {
  /** Comes before the code of all modules. */
  readonly prologue: readonly Statement[];
  readonly body: readonly Statement[];
}

/** `defaultName`: variable for a default export that has no name of its own. */
export function lowerModule(
  out: ModuleOutput,
  url: string,
  path: string,
  directory: string,
  defaultName: string,
): LoweredModule {
  const f = new FunctionLowering(out.analysis.module, out);
  const body: Statement[] = [];
  for (const statement of out.analysis.program['body'] as Node[])
    lowerTopLevel(f, statement, body, defaultName);
  const prologue: Statement[] = [];
  if (out.metaVariable !== undefined) {
    const values = [
      ['url', url],
      ['filename', path],
      ['dirname', directory],
    ].map(([key, value]) => property(identifier(key!), literal(value!)));
    prologue.push(
      declare(
        'const',
        out.metaVariable,
        call(out.abi('named'), [literal(`meta:${out.sourceIndex}`), object(values)]),
      ),
    );
  }
  const homes = out.analysis.module.locals
    .filter((binding) => binding.kind === 'home')
    .map((binding) => binding.output);
  const variables = [...out.variables, ...f.hoisted, ...homes];
  if (variables.length > 0) prologue.push(declareAll(variables));
  prologue.push(...out.prologue);
  return { prologue, body };
}

function lowerTopLevel(f: FunctionLowering, node: Node, out: Statement[], defaultName: string): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return;
    case 'ExportNamedDeclaration':
      if (node['declaration']) lowerTopLevel(f, node['declaration'], out, defaultName);
      return;
    case 'ExportDefaultDeclaration':
      lowerDefaultExport(f, node['declaration'], out, defaultName);
      return;
    case 'FunctionDeclaration': {
      const binding = f.out.analysis.bindingOf.get(node['id'])!;
      if (node['async'] || node['generator']) {
        // Unlike a function declaration it is no constructor; the prologue comes before all code, as hoisting asks.
        const value = functionExpression(f, node, node['id'].name);
        f.out.prologue.push(declare(binding.assigned ? 'let' : 'const', binding.output, value));
        return;
      }
      out.push(moduleFunction(f, node, binding.output));
      if (binding.output !== node['id'].name) out.push(keepName(identifier(binding.output), node['id'].name));
      return;
    }
    case 'ClassDeclaration':
      lowerStatement(f, node, out);
      return;
    default:
      lowerStatement(f, node, out);
      if (node.type === 'VariableDeclaration') out.push(...nameConstants(f, node));
  }
}

/**
 * Objects in variables that never change exist once per realm: a snapshot that meets one, wherever it is held, refers to it by
 * name, and a restored instance gets the one that its evaluation of the module has made.
 */
function nameConstants(f: FunctionLowering, node: Node): Statement[] {
  const declarators = (node['declarations'] as Node[]).filter(
    ({ init }) => init != null && !WITHOUT_NAME.has((init as Node).type),
  );
  return declarators
    .flatMap((declarator) => boundIdentifiers(declarator['id']))
    .map((name) => f.out.analysis.bindingOf.get(name)!)
    .filter((binding) => binding.moduleLevel && !binding.assigned && !f.out.isState(binding))
    .map((binding) =>
      evaluate(
        call(f.out.abi('named'), [
          literal(`var:${f.out.sourceIndex}:${binding.name}`),
          identifier(binding.output),
        ]),
      ),
    );
}

/** Initial values that are no objects, or that have a name already. */
const WITHOUT_NAME: ReadonlySet<string> = new Set([
  'Literal',
  'TemplateLiteral',
  'BinaryExpression',
  'UnaryExpression',
  'ArrowFunctionExpression',
  'FunctionExpression',
  'ClassExpression',
]);

function lowerDefaultExport(f: FunctionLowering, node: Node, out: Statement[], defaultName: string): void {
  if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node['id']) {
    lowerTopLevel(f, node, out, defaultName);
    return;
  }
  if (node.type === 'FunctionDeclaration') {
    // Hoisted like any function declaration; its name is "default".
    f.out.prologue.push(declare('const', defaultName, functionExpression(f, node, 'default')));
    return;
  }
  out.push(declare('const', defaultName, defaultValue(f, node)));
}

function defaultValue(f: FunctionLowering, node: Node): Expression {
  if (node.type !== 'ClassDeclaration') return convert(f, node, 'default');
  const isMade = f.out.analysis.classOf.get(node)!.maker !== undefined;
  return isMade ? madeClass(f, node, 'default', null) : classExpression(f, node, 'default');
}
