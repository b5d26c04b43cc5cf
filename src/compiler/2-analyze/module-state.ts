/**
 * Which module-level variables belong to an instance. An instance behaves as if the module had been started for it
 * alone, so what its functions may change there is saved with it. Constants, functions, classes and resources
 * (objects made by imported code: pools, clients, loggers) are not: the module makes them when it is evaluated.
 * If nothing is left, all instances share one evaluation of the module.
 */
import { boundIdentifiers, forEachChild, type Node } from '../ast.ts';
import { isStaticCode } from './function-tree.ts';
import { AliasGroups } from './alias-groups.ts';
import { calleeText, type Contents, type ContentsOf } from './contents.ts';
import type { Binding, ModuleAnalysis } from './model.ts';

const READING = new Set(
  'at concat entries every filter find findIndex findLast findLastIndex flat flatMap forEach get has hasOwnProperty includes indexOf join keys lastIndexOf map reduce reduceRight slice some toReversed toSorted toSpliced toString values with test'.split(
    ' ',
  ),
);
const READING_GLOBALS =
  /^(Object\.(keys|values|entries|freeze|isFrozen|hasOwn|fromEntries)|JSON\.stringify|Array\.(isArray|from)|structuredClone|String|Boolean|Number)$/;

/** The variable that a reference of `analysis` means: its own, or the one behind an import. Undefined: something native. */
export type ResolveVariable = (binding: Binding) => Binding | undefined;
/** The variables that a namespace import of a relative module gives, by name. Undefined: it is none. */
export type ResolveNamespace = (binding: Binding) => ReadonlyMap<string, Binding> | undefined;

/** The state of all modules of a bundle. Also fills `staticState` of the classes. */
export function findModuleState(
  modules: readonly ModuleAnalysis[],
  resolve: ResolveVariable,
  contentsOf: ContentsOf,
): Map<ModuleAnalysis, Binding[]> {
  const candidates = new Map<Binding, Contents>();
  const own = new Map<ModuleAnalysis, Binding[]>();
  const state = new Set<Binding>();
  for (const analysis of modules) {
    const before = candidates.size;
    for (const statement of analysis.program['body'] as Node[]) {
      const declaration = /^Export(Named|Default)/.test(statement.type)
        ? statement['declaration']
        : statement;
      if (declaration?.type !== 'FunctionDeclaration' || !declaration['id']) continue;
      const binding = analysis.bindingOf.get(declaration['id']);
      if (binding) candidates.set(binding, 'constant');
    }
    for (const cls of analysis.madeAtLoad) {
      const binding = cls['id'] && cls.type === 'ClassDeclaration' && analysis.bindingOf.get(cls['id']);
      if (!binding) continue;
      candidates.set(binding, 'data');
      // It is made anew with every restore.
      state.add(binding);
    }
    for (const declarator of analysis.onceDeclarators)
      collectCandidates(analysis, declarator, contentsOf, candidates);
    own.set(analysis, [...candidates.keys()].slice(before));
  }
  const assigned = modules.some(({ classes }) => classes.length > 0)
    ? assignedNames(modules)
    : new Set<string>();
  for (const [binding] of candidates) {
    if (binding.references.some(({ from, isWrite }) => isWrite && !isStaticCode(from))) state.add(binding);
  }
  const aliases = new AliasGroups(candidates.keys());
  const changes = (
    analysis: ModuleAnalysis,
    isLater: boolean,
    change: (binding: Binding, ancestors: readonly Node[], node: Node) => void,
  ): void =>
    walkUses(analysis, analysis.program, [], (found, ancestors, node) => {
      const binding = found.kind === 'import' ? resolve(found) : found;
      if (!binding || (isLater && state.has(binding))) return;
      const contents = candidates.get(binding);
      if (contents !== 'flat' && contents !== 'data') return;
      if (ancestors.some((ancestor) => runsLater(analysis, ancestor)) !== isLater) return;
      if (isGivenToWaymark(analysis, ancestors.at(-1)!, node)) return;
      if (mayChange(node, ancestors, contents)) change(binding, ancestors, node);
    });
  for (const analysis of modules)
    changes(analysis, false, (binding, ancestors, node) => {
      if (isDeclared(ancestors, node)) return;
      aliases.escape(binding, holders(analysis, ancestors));
      if (!onlyTakesConstants(analysis, ancestors, contentsOf)) candidates.set(binding, 'data');
    });
  for (const analysis of modules) {
    changes(analysis, true, (binding) => state.add(binding));
    findStaticState(analysis, assigned, contentsOf);
  }
  const hasStatics = modules.some(({ classes }) => classes.some(({ staticState }) => staticState.length > 0));
  aliases.complete(state, hasStatics);
  return new Map(
    [...own].map(([analysis, bindings]) => [analysis, bindings.filter((binding) => state.has(binding))]),
  );
}

const KEEPS_NOTHING = /^(call|publish|reply)$/;

/** `call(name, data, OPTIONS)`: sends what it is given, and changes nothing. */
function isGivenToWaymark(analysis: ModuleAnalysis, around: Node, node: Node): boolean {
  const callee = around['callee'] as Node | undefined;
  if (around.type !== 'CallExpression' || callee?.type !== 'Identifier' || callee === node) return false;
  const binding = analysis.bindingOf.get(callee);
  if (binding?.kind !== 'import') return false;
  return (analysis.program['body'] as Node[]).some(
    ({ type, source, specifiers }) =>
      type === 'ImportDeclaration' &&
      source.value === 'waymark' &&
      (specifiers as Node[]).some(
        ({ local, imported }) =>
          analysis.bindingOf.get(local) === binding && KEEPS_NOTHING.test(imported?.name ?? ''),
      ),
  );
}

/** The use is the name in a declaration. */
function isDeclared(ancestors: readonly Node[], node: Node): boolean {
  const at = ancestors.findLastIndex(({ type }) => type === 'VariableDeclarator');
  return at >= 0 && (ancestors[at + 1] ?? node) === ancestors[at]!['id'];
}

/** `list.push(1)`, `table.a = 'x'`: what holds no inner objects goes on holding none. */
function onlyTakesConstants(
  analysis: ModuleAnalysis,
  ancestors: readonly Node[],
  contentsOf: ContentsOf,
): boolean {
  const isConstant = (value: Node): boolean => contentsOf.of(analysis, value) === 'constant';
  // An enum: its function is called at once, and gives it numbers and names.
  const isMaker = ({ type, callee }: Node): boolean =>
    type === 'CallExpression' && callee.type === 'FunctionExpression';
  if (ancestors.some(isMaker)) return true;
  const around = ancestors.findLast(({ type }) => type !== 'MemberExpression')!;
  const isMember = ancestors.at(-1)!.type === 'MemberExpression';
  if (isMember && around.type === 'AssignmentExpression') return isConstant(around['right']);
  const { type, callee } = around;
  if (type !== 'CallExpression' && type !== 'NewExpression') return true;
  return isMember && callee === ancestors.at(-1) && (around['arguments'] as Node[]).every(isConstant);
}

/** The variables that the declaration around a use makes; none if it is in no declaration. */
function holders(analysis: ModuleAnalysis, ancestors: readonly Node[]): Binding[] {
  const declarator = ancestors.findLast(({ type }) => type === 'VariableDeclarator');
  const names = declarator === undefined ? [] : boundIdentifiers(declarator['id']);
  return names.map((name) => analysis.bindingOf.get(name)).filter((binding) => binding !== undefined);
}

/** Names of properties that some module assigns; ANY_NAME when a class gets one whose name is only known at run time. */
function assignedNames(modules: readonly ModuleAnalysis[]): Set<string> {
  const assigned = new Set<string>();
  for (const analysis of modules) {
    const target = (node: Node): void => {
      if (node.type === 'MemberExpression') {
        const { object } = node;
        const isClass = object.type === 'ThisExpression' || analysis.bindingOf.get(object)?.kind === 'class';
        const name = memberName(node);
        assigned.add(name === '' && isClass ? ANY_NAME : name);
      } else if (node.type === 'AssignmentPattern') target(node['left']);
      else if (node.type === 'RestElement') target(node['argument']);
      else if (node.type === 'Property') target(node['value']);
      else if (node.type === 'ObjectPattern' || node.type === 'ArrayPattern') forEachChild(node, target);
    };
    const visit = (node: Node): void => {
      if (/^(Assignment|ForIn|ForOf)(Expression|Statement)$/.test(node.type)) target(node['left']);
      else if (node.type === 'UpdateExpression') target(node['argument']);
      forEachChild(node, visit);
    };
    visit(analysis.program);
  }
  return assigned;
}

const ANY_NAME = '*';

/** Static fields that something assigns, or that hold data which can change. */
function findStaticState(
  analysis: ModuleAnalysis,
  assigned: ReadonlySet<string>,
  contentsOf: ContentsOf,
): void {
  for (const cls of analysis.classes) {
    // What is made at run time is saved like a closure.
    if (cls.maker) continue;
    for (const member of cls.node['body'].body as Node[]) {
      if (member.type !== 'PropertyDefinition' || !member['static'] || member['computed']) continue;
      const name = memberName({ type: 'MemberExpression', property: member['key'], computed: false });
      const contents = member['value'] ? contentsOf.of(analysis, member['value']) : 'flat';
      const isData = member['value'] && (contents === 'flat' || contents === 'data');
      const isAssigned = assigned.has(name) || assigned.has(ANY_NAME);
      if (isData || (isAssigned && contents !== 'resource')) cls.staticState.push(name);
    }
  }
}

/** Name of the accessed property, with `#` for a private one. */
function memberName(node: Node): string {
  const property = node['property'] as Node;
  if (property.type === 'PrivateIdentifier') return `#${property['name']}`;
  return node['computed'] || property.type === 'Literal' ? String(property['value'] ?? '') : property['name'];
}

function collectCandidates(
  analysis: ModuleAnalysis,
  declarator: Node,
  contentsOf: ContentsOf,
  candidates: Map<Binding, Contents>,
): void {
  const id = declarator['id'] as Node;
  const contents = contentsOf.inPattern(analysis, declarator['init'], id.type === 'Identifier');
  for (const name of boundIdentifiers(id)) {
    const binding = analysis.bindingOf.get(name);
    if (binding && isStaticCode(binding.owner)) candidates.set(binding, contents);
  }
}

function walkUses(
  analysis: ModuleAnalysis,
  node: Node,
  ancestors: Node[],
  use: (binding: Binding, ancestors: readonly Node[], node: Node) => void,
): void {
  if (node.type === 'Identifier') {
    const binding = analysis.bindingOf.get(node);
    if (binding && (isStaticCode(binding.owner) || binding.kind === 'import')) use(binding, ancestors, node);
    return;
  }
  ancestors.push(node);
  forEachChild(node, (child) => walkUses(analysis, child, ancestors, use));
  ancestors.pop();
}

/** Functions, and initialisers of the fields of instances. */
function runsLater(analysis: ModuleAnalysis, node: Node): boolean {
  if (node.type === 'PropertyDefinition' && !node['static']) return true;
  const info = analysis.infoOf.get(node);
  return info !== undefined && !isStaticCode(info);
}

/** Whether this use could lead to a change of what the variable holds. */
function mayChange(node: Node, ancestors: readonly Node[], contents: 'flat' | 'data'): boolean {
  let index = ancestors.length - 1;
  let inner = node;
  let depth = 0;
  while (
    index >= 0 &&
    ancestors[index]!.type === 'MemberExpression' &&
    ancestors[index]!['object'] === inner
  ) {
    inner = ancestors[index--]!;
    depth++;
  }
  let parent = ancestors[index]!;
  if (parent.type === 'ChainExpression') parent = ancestors[--index]!;
  if (depth > 0) {
    if (parent.type === 'CallExpression' && parent['callee'] === inner) {
      const name = !inner['computed'] && (inner['property'].name as string);
      return !(typeof name === 'string' && READING.has(name) && (contents === 'flat' || depth > 1));
    }
    if (
      parent.type === 'UpdateExpression' ||
      (parent.type === 'UnaryExpression' && parent['operator'] === 'delete')
    )
      return true;
    if (parent.type === 'AssignmentExpression' && parent['left'] === inner) return true;
    if (/Pattern$|^Property$|^RestElement$/.test(parent.type) && isTarget(ancestors, index)) return true;
    return contents === 'data' && !isPrimitiveUse(parent);
  }
  if (parent.type === 'SpreadElement' || (parent.type === 'ForOfStatement' && parent['right'] === node))
    return contents === 'data';
  if (parent.type === 'ForInStatement' && parent['right'] === node) return false;
  if (parent.type === 'CallExpression' && parent['callee'] !== node)
    return !READING_GLOBALS.test(calleeText(parent['callee']));
  if (parent.type === 'Property' && parent['key'] === node && !parent['computed'] && parent['value'] !== node)
    return false;
  return !isPrimitiveUse(parent);
}

function isTarget(ancestors: readonly Node[], from: number): boolean {
  for (let index = from; index >= 0; index--) {
    const node = ancestors[index]!;
    if (node.type === 'ObjectPattern' || node.type === 'ArrayPattern') return true;
    if (/Statement$|Expression$/.test(node.type)) return false;
  }
  return false;
}

/** The value is only looked at as a primitive here. */
function isPrimitiveUse(parent: Node): boolean {
  return /^(BinaryExpression|TemplateLiteral|UnaryExpression|IfStatement|WhileStatement|ExpressionStatement|SwitchStatement)$/.test(
    parent.type,
  );
}
