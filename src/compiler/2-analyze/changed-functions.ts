/**
 * Functions and classes at module level whose properties, or whose prototype's properties, functions change while an instance runs.
 * Such changes belong to the instance. A change is recognised where it names its target; a target reached in a way that says
 * nothing (`this.constructor.x = 1`, a prototype handed on) counts for every class that it could be.
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import { isStaticCode, nonArrow } from './function-tree.ts';
import type { Binding, ClassInfo, FunctionInfo, ModuleAnalysis } from './model.ts';
import type { ResolveVariable } from './module-state.ts';

const CHANGING =
  /^(Object\.(assign|defineProperty|defineProperties|setPrototypeOf|freeze|seal|preventExtensions)|Reflect\.(set|defineProperty|deleteProperty|setPrototypeOf|preventExtensions))$/;

/** Variables of such functions and classes, by module. */
export function findChangedFunctions(
  modules: readonly ModuleAnalysis[],
  resolve: ResolveVariable,
): Map<ModuleAnalysis, Binding[]> {
  const search = new Search(modules, resolve);
  for (const analysis of modules) search.look(analysis);
  return new Map(
    modules.map((analysis) => [
      analysis,
      search.candidatesOf(analysis).filter((binding) => search.changed.has(binding)),
    ]),
  );
}

class Search {
  readonly changed = new Set<Binding>();
  readonly #candidates = new Map<ModuleAnalysis, Binding[]>();
  /** Names of static fields that are saved anyway. */
  readonly #classOf = new Map<Binding, ClassInfo>();
  readonly #bindingOf = new Map<ClassInfo, Binding>();
  readonly #parentOf = new Map<Binding, Binding>();
  /** Constants of functions, and what they are made from. */
  readonly #aliases = new Map<Binding, Node>();
  readonly #resolve: ResolveVariable;

  constructor(modules: readonly ModuleAnalysis[], resolve: ResolveVariable) {
    this.#resolve = resolve;
    for (const analysis of modules) this.#candidates.set(analysis, this.#find(analysis));
  }

  candidatesOf(analysis: ModuleAnalysis): Binding[] {
    return this.#candidates.get(analysis)!;
  }

  #find(analysis: ModuleAnalysis): Binding[] {
    const found: Binding[] = [];
    const add = (id: Node | null, value: Node): void => {
      const binding = id?.type === 'Identifier' ? analysis.bindingOf.get(id) : undefined;
      const isClass = value.type.startsWith('Class');
      if (!binding?.moduleLevel || !(isClass || value.type.startsWith('Function'))) return;
      found.push(binding);
      if (!isClass) return;
      const cls = analysis.classOf.get(value)!;
      this.#classOf.set(binding, cls);
      this.#bindingOf.set(cls, binding);
      const parent = value['superClass'] && analysis.bindingOf.get(value['superClass'] as Node);
      if (parent) this.#parentOf.set(binding, parent);
    };
    for (const statement of analysis.program['body'] as Node[]) {
      const declaration = (
        /^Export(Named|Default)/.test(statement.type) ? statement['declaration'] : statement
      ) as Node | null;
      if (declaration?.type === 'VariableDeclaration') {
        for (const { id, init } of declaration['declarations'] as { id: Node; init: Node | null }[])
          if (init) add(id, init);
      } else if (declaration && /^(Class|Function)Declaration$/.test(declaration.type)) {
        add(declaration['id'] as Node | null, declaration);
      }
    }
    return found;
  }

  look(analysis: ModuleAnalysis): void {
    const collect = (node: Node): void => {
      if (node.type === 'VariableDeclarator' && node['init'] && node['id'].type === 'Identifier')
        this.#aliases.set(analysis.bindingOf.get(node['id'])!, node['init']);
      forEachChild(node, collect);
    };
    collect(analysis.program);
    const visit = (node: Node, fn: FunctionInfo, parent: Node | null): void => {
      const inner = isFunction(node) || node.type === 'StaticBlock' ? analysis.infoOf.get(node) : undefined;
      if (!isStaticCode(fn)) this.#node(analysis, node, fn, parent);
      forEachChild(node, (child) => visit(child, inner ?? fn, node));
    };
    visit(analysis.program, analysis.module, null);
  }

  #node(analysis: ModuleAnalysis, node: Node, fn: FunctionInfo, parent: Node | null): void {
    switch (node.type) {
      case 'AssignmentExpression':
        return this.#target(analysis, node['left'], fn);
      case 'UpdateExpression':
        return this.#target(analysis, node['argument'], fn);
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#target(analysis, node['left'], fn);
      case 'UnaryExpression':
        if (node['operator'] === 'delete') this.#target(analysis, node['argument'], fn);
        return;
      case 'CallExpression':
        if (CHANGING.test(calleeText(node['callee'])) && node['arguments'].length > 0)
          this.#object(analysis, node['arguments'][0], fn, undefined);
        return;
      case 'MemberExpression': {
        // A prototype that is handed on may be changed wherever it gets.
        const isRead =
          parent?.type === 'MemberExpression' ||
          parent?.type === 'BinaryExpression' ||
          calleeText(parent?.['callee'] ?? node) !== '' ||
          (parent?.type === 'CallExpression' && parent['callee'] === node);
        const isTarget = parent?.type === 'AssignmentExpression' && parent['left'] === node;
        if (isPrototype(node) && !isRead && !isTarget) this.#object(analysis, node, fn, undefined);
      }
    }
  }

  #target(analysis: ModuleAnalysis, target: Node, fn: FunctionInfo): void {
    if (/^(Object|Array)Pattern$/.test(target.type))
      return forEachChild(target, (item) => this.#target(analysis, item, fn));
    if (target.type === 'Property') return this.#target(analysis, target['value'], fn);
    if (target.type === 'AssignmentPattern') return this.#target(analysis, target['left'], fn);
    if (target.type === 'RestElement') return this.#target(analysis, target['argument'], fn);
    if (target.type !== 'MemberExpression') return;
    const key = target['property'] as Node;
    const name = target['computed']
      ? undefined
      : key.type === 'PrivateIdentifier'
        ? null
        : String(key['name']);
    if (name !== null) this.#object(analysis, target['object'], fn, name);
  }

  /** `node` gives an object whose property `name` changes. */
  #object(analysis: ModuleAnalysis, node: Node, fn: FunctionInfo, name: string | undefined): void {
    for (const same of sameObject(node)) if (same !== node) this.#object(analysis, same, fn, name);
    if (node.type === 'Identifier') {
      const own = analysis.bindingOf.get(node);
      const binding = own?.kind === 'import' ? this.#resolve(own) : own;
      if (binding) this.#mark(binding, name);
      const alias = own && this.#aliases.get(own);
      if (alias && alias !== node) {
        this.#aliases.delete(own);
        this.#object(analysis, alias, fn, name);
        this.#aliases.set(own, alias);
      }
    } else if (node.type === 'ThisExpression' || node.type === 'Super') {
      const owner = nonArrow(fn);
      const binding = owner.isStatic && owner.enclosingClass && this.#bindingOf.get(owner.enclosingClass);
      if (binding) this.#markWithChildren(binding, name);
    } else if (isPrototype(node)) {
      const objects = sameObject(node['object']);
      if (objects.every(({ type }) => type === 'Identifier' || type === 'ThisExpression'))
        for (const object of objects) this.#object(analysis, object, fn, undefined);
      else this.#markAll(undefined);
    } else if (node.type === 'MemberExpression' && node['property'].name === 'constructor') {
      this.#markAll(name);
    } else if (
      node.type === 'CallExpression' &&
      /^(Object|Reflect)\.getPrototypeOf$/.test(calleeText(node['callee']))
    ) {
      this.#markAll(undefined);
    }
  }

  /** Unless `name` is a static field, which is saved anyway. */
  #mark(binding: Binding, name: string | undefined): void {
    const cls = this.#classOf.get(binding);
    if (name !== undefined && cls?.staticState.includes(name)) return;
    this.changed.add(binding);
  }

  /** `this` of a static method may be a class that inherits it. */
  #markWithChildren(binding: Binding, name: string | undefined): void {
    this.#mark(binding, name);
    for (const child of this.#classOf.keys()) if (this.#descends(child, binding)) this.#mark(child, name);
  }

  #descends(child: Binding, from: Binding): boolean {
    const seen = new Set<Binding>();
    let at: Binding | undefined = child;
    while (at && at !== from && !seen.has(at)) {
      seen.add(at);
      const parent = this.#parentOf.get(at);
      at = parent?.kind === 'import' ? this.#resolve(parent) : parent;
    }
    return at === from;
  }

  #markAll(name: string | undefined): void {
    for (const binding of this.#classOf.keys()) this.#mark(binding, name);
  }
}

/** The expressions whose value is the value of `node`. */
function sameObject(node: Node): Node[] {
  switch (node.type) {
    case 'SequenceExpression':
      return sameObject(node['expressions'].at(-1));
    case 'ConditionalExpression':
      return [...sameObject(node['consequent']), ...sameObject(node['alternate'])];
    case 'LogicalExpression':
      return [...sameObject(node['left']), ...sameObject(node['right'])];
    case 'AssignmentExpression':
      return sameObject(node['right']);
    default:
      return [node];
  }
}

const isPrototype = (node: Node): boolean =>
  node.type === 'MemberExpression' &&
  !node['computed'] &&
  (node['property'].name === 'prototype' || node['property'].name === '__proto__');

function calleeText(callee: Node): string {
  const isPlain =
    callee.type === 'MemberExpression' && !callee['computed'] && callee['object'].type === 'Identifier';
  if (!isPlain || !/^(Object|Reflect)$/.test(callee['object'].name)) return '';
  return `${callee['object'].name}.${callee['property'].name}`;
}
