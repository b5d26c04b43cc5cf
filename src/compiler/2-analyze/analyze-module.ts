/** Phase 2: one parsed module -> functions, bindings, captures and suspension points. */
import { analyze as analyzeScopes, type Scope, type Variable } from 'eslint-scope';
import type { ParsedModule } from '../1-parse/parse-module.ts';
import { boundIdentifiers, type Node } from '../ast.ts';
import { decideBoxes, separateSelfReferences } from './captures.ts';
import { FunctionTree, isStaticCode, movesOut, nonArrow } from './function-tree.ts';
import { findHeldMethods } from './held-methods.ts';
import { refuseModuleCalls } from './module-calls.ts';
import type { Binding, BindingKind, FunctionInfo, ModuleAnalysis } from './model.ts';

/** `made`: classes of the module level that count as made at run time. */
export function analyzeModule(parsed: ParsedModule, made: ReadonlySet<Node>): ModuleAnalysis {
  const { path, source, program } = parsed;
  const tree = new FunctionTree(parsed, made);
  const scopes = analyzeScopes(program as never, { ecmaVersion: 2025, sourceType: 'module' });
  const bindingOf = new Map<Node, Binding>(tree.pseudoBindingOf);
  const scopeBindings = new Map<Node, Binding[]>();
  const globals = new Set<string>();

  const bodyVariables = new Map<Binding, Binding>();
  const declared = new Map<Variable, Binding>();
  for (const scope of scopes.scopes) {
    for (const variable of scope.variables) {
      const binding = declare(variable, scope, tree, declared);
      if (!binding) continue;
      declared.set(variable, binding);
      if (scope.type === 'class' && bindingOf.has(variable.identifiers[0] as unknown as Node)) continue;
      for (const identifier of variable.identifiers) bindingOf.set(identifier as unknown as Node, binding);
      const variableInBody = bodyVariable(variable, binding);
      if (variableInBody) {
        bodyVariables.set(binding, variableInBody);
        for (const { name } of variable.defs.slice(1)) bindingOf.set(name as unknown as Node, variableInBody);
        scopeBindings.set(variableInBody.scopeNode, [
          ...(scopeBindings.get(variableInBody.scopeNode) ?? []),
          variableInBody,
        ]);
      }
      const list = scopeBindings.get(binding.scopeNode);
      if (list) list.push(binding);
      else scopeBindings.set(binding.scopeNode, [binding]);
    }
  }
  const unseenArguments = new Set<Binding>();
  for (const scope of scopes.scopes) {
    const from = tree.functionOf(scope);
    for (const reference of scope.references) {
      const identifier = reference.identifier as unknown as Node;
      let binding = reference.resolved
        ? inScope(declared.get(reference.resolved), identifier, bodyVariables)
        : undefined;
      if (identifier['name'] === 'arguments') {
        // In parameter lists the scope analysis overlooks it and finds that of a function around.
        binding = argumentsOf(nonArrow(from));
        if (binding) unseenArguments.add(binding);
      }
      if (!binding) {
        globals.add(identifier['name']);
        from.foreignNames.add(identifier['name']);
        continue;
      }
      bindingOf.set(identifier, binding);
      if (binding.kind === 'class' && binding.scopeNode.type === 'ClassExpression' && !isOwnClass(binding))
        keepInClass(from);
      binding.references.push({
        identifier,
        from,
        isRead: reference.isRead(),
        isWrite: reference.isWrite(),
        isInit: reference.init === true,
      });
    }
  }
  const heldMethods = findHeldMethods(program, tree);
  for (const fn of tree.functions) keepWithPrivateNames(fn, tree);
  const bindings = [
    ...new Set([...declared.values(), ...bodyVariables.values(), ...tree.pseudoBindings, ...unseenArguments]),
  ];
  bindings.push(...separateSelfReferences(bindings, bindingOf));
  decideBoxes(bindings, tree.functions);
  refuseModuleCalls(program, tree, bindingOf);
  const saved = new Set(
    tree.onceDeclarators
      .flatMap((declarator) => boundIdentifiers(declarator['id']))
      .map((id) => bindingOf.get(id)),
  );
  for (const binding of bindings) {
    if (!saved.has(binding)) refuseBlockState(binding, tree);
    if (binding.kind === 'import') refuseAssignments(binding, tree);
  }
  return {
    path,
    source,
    program,
    module: tree.module,
    functions: tree.functions,
    classes: tree.classes,
    madeAtLoad: tree.classes.map(({ node }) => node).filter((node) => made.has(node)),
    bindingOf,
    infoOf: tree.infoOf,
    classOf: tree.classOf,
    suspends: tree.suspends,
    scopeBindings,
    onceDeclarators: tree.onceDeclarators,
    heldMethods,
    names: tree.names,
    globals,
    diagnostics: tree.diagnostics,
  };
}

/** Imported bindings are read-only. */
function refuseAssignments({ name, references }: Binding, tree: FunctionTree): void {
  for (const { identifier, isWrite } of references) if (isWrite) tree.report('WM1028', identifier, { name });
}

/** A parameter list with expressions has a scope of its own (ECMA-262 FunctionDeclarationInstantiation, step 28). */
function bodyVariable(variable: Variable, parameter: Binding): Binding | undefined {
  if (parameter.kind !== 'param' || variable.defs.length < 2 || variable.defs[1]!.type !== 'Variable')
    return undefined;
  const { node } = parameter.owner;
  if ((node['params'] as Node[]).every(({ type }) => type === 'Identifier')) return undefined;
  const binding = make(parameter.name, 'var', parameter.owner, node['body'], 0, parameter.declaredAt, false);
  binding.parameter = parameter;
  binding.output = `${parameter.name}$body`;
  return binding;
}

function inScope(
  binding: Binding | undefined,
  identifier: Node,
  bodyVariables: ReadonlyMap<Binding, Binding>,
): Binding | undefined {
  const inBody = binding && bodyVariables.get(binding);
  return inBody && identifier.start! >= inBody.scopeNode.start! ? inBody : binding;
}

/** Changed by functions, but neither in a frame nor at module level: it would start anew with every restore. */
function refuseBlockState(binding: Binding, tree: FunctionTree): void {
  if (binding.moduleLevel || !isStaticCode(binding.owner) || binding.kind === 'home') return;
  const change = binding.references.find(
    ({ from, isWrite }) => isWrite && from !== binding.owner && !isStaticCode(from),
  );
  if (change) tree.report('WM1029', change.identifier, { name: binding.name });
}

/** The name of a class expression is known only inside its body, so code that uses it has to stay there. */
function keepInClass(from: FunctionInfo): void {
  for (let fn: FunctionInfo | undefined = from; fn && fn.kind !== 'module'; fn = fn.parent)
    fn.usesPrivateNames = true;
}

const isOwnClass = (binding: Binding): boolean => binding.owner.kind === 'class';

/** Code with private names that moves out of a class made at run time finds its way back through the class. */
function keepWithPrivateNames(fn: FunctionInfo, tree: FunctionTree): void {
  const cls = fn.usesPrivateNames ? fn.enclosingClass : undefined;
  if (cls?.maker && movesOut(fn)) tree.useClass(cls, fn.node, fn);
}

/** The `arguments` of a function that is no arrow; undefined at module level. */
function argumentsOf(owner: FunctionInfo): Binding | undefined {
  if (owner.kind === 'module') return undefined;
  if (owner.argumentsBinding) return owner.argumentsBinding;
  const binding = make('$arguments', 'arguments', owner, owner.node, 0, 0, false);
  binding.output = 'arguments';
  return (owner.argumentsBinding = binding);
}

/** The binding that stands for a variable of the scope analysis; undefined for ones without a declaration of their own. */
function declare(
  variable: Variable,
  scope: Scope,
  tree: FunctionTree,
  declared: ReadonlyMap<Variable, Binding>,
): Binding | undefined {
  const owner = tree.functionOf(scope);
  const block = scope.block as unknown as Node;
  if (scope.type === 'global') return undefined;
  if (variable.defs.length === 0) {
    if (variable.name !== 'arguments' || variable.references.length === 0) return undefined;
    return argumentsOf(owner);
  }
  const definition = variable.defs[0]!;
  const identifier = definition.name as unknown as Node;
  const node = definition.node as unknown as Node;
  const cls = scope.type === 'class' ? tree.classOf.get(block)! : undefined;
  if (cls?.maker) return tree.ownClass(cls);
  if (scope.type === 'class' && block.type === 'ClassDeclaration') {
    // Inside its body the name of a declared class means the same variable.
    return declared.get(scope.upper!.set.get(variable.name)!);
  }
  if (scope.type === 'class') {
    // The class's own name, seen from inside its body.
    return make(variable.name, 'class', owner, block, 0, 0, true);
  }
  const moduleLevel = scope.type === 'module';
  if (scope.type === 'function-expression-name') {
    const own = tree.infoOf.get(block)!;
    return (own.self = make(variable.name, 'self', own, block, 0, 0, false));
  }
  let kind: BindingKind;
  let initializedAt = 0;
  switch (definition.type) {
    case 'ImportBinding':
      kind = 'import';
      break;
    case 'Parameter':
      kind = 'param';
      initializedAt = tree.parameterEnd(node, identifier);
      break;
    case 'FunctionName':
      kind = 'function';
      initializedAt = scope.type === 'function' ? owner.node['body'].start : block.start!;
      break;
    case 'ClassName':
      kind = 'class';
      initializedAt = node.end!;
      break;
    case 'CatchClause':
      kind = 'catch';
      initializedAt = node['param'].end;
      break;
    default: {
      const declaration = definition.parent as unknown as Node;
      const declarationKind = String(declaration['kind']);
      kind =
        declarationKind === 'var'
          ? 'var'
          : declarationKind === 'let'
            ? 'let'
            : declarationKind === 'const'
              ? 'const'
              : 'using';
      if (kind !== 'var') initializedAt = /^For(In|Of)/.test(block.type) ? block['right'].end : node.end!;
    }
  }
  const scopeNode =
    kind === 'param' ? owner.node : scope.type === 'function' ? (owner.node['body'] ?? owner.node) : block;
  const declaredAt = kind === 'function' ? node.start! : identifier.start!;
  return make(
    variable.name,
    kind,
    owner,
    scopeNode,
    initializedAt,
    declaredAt,
    moduleLevel,
    scope.type === 'switch',
  );
}

function make(
  name: string,
  kind: BindingKind,
  owner: FunctionInfo,
  scopeNode: Node,
  initializedAt: number,
  declaredAt: number,
  moduleLevel: boolean,
  inCase = false,
): Binding {
  const binding: Binding = {
    name,
    kind,
    owner,
    moduleLevel,
    scopeNode,
    initializedAt,
    declaredAt,
    inCase,
    assigned: false,
    captured: false,
    boxed: false,
    early: false,
    output: name,
    references: [],
  };
  if (!moduleLevel) owner.locals.push(binding);
  return binding;
}
