/**
 * Functions and classes at module level whose properties, or whose prototype's properties, functions change while an instance runs.
 * Such changes belong to the instance. A change is recognised where it names its target, and where its target was handed to
 * (value-flow.ts); a target reached in a way that says nothing (`this.constructor.x = 1`) counts for every class that it could be.
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import { isStaticCode, nonArrow } from './function-tree.ts';
import type { ContentsOf } from './contents.ts';
import type { Binding, ClassInfo, FunctionInfo, ModuleAnalysis } from './model.ts';
import type { ResolveNamespace, ResolveVariable } from './module-state.ts';
import { PackageValues } from './package-values.ts';
import { ValueFlow } from './value-flow.ts';

const CHANGING =
  /^(inherits|Object\.(assign|defineProperty|defineProperties|setPrototypeOf|freeze|seal|preventExtensions)|Reflect\.(set|defineProperty|deleteProperty|setPrototypeOf|preventExtensions))$/;

export interface ChangedFunctions {
  /** Variables of such functions and classes, by module. */
  readonly watched: ReadonlyMap<ModuleAnalysis, readonly Binding[]>;
  /** Methods, and functions in literals, which no variable holds. */
  readonly members: ReadonlySet<Node>;
  /** Variables of those that only packages may change, which is not saved. */
  readonly handedOut: ReadonlyMap<ModuleAnalysis, readonly Binding[]>;
}

/**
 * @param hasState whether instances have an evaluation of their own anyway. Then functions that packages are given are watched, too;
 * otherwise every script that gives a callback to a package would make its resources once per instance.
 */
export function findChangedFunctions(
  modules: readonly ModuleAnalysis[],
  resolve: ResolveVariable,
  exportsBehind: ResolveNamespace,
  hasState: boolean,
  contents: ContentsOf,
): ChangedFunctions {
  const search = new Search(modules, resolve, exportsBehind, contents);
  for (const analysis of modules) search.look(analysis);
  if (hasState || search.changed.size + search.members.size > 0)
    for (const binding of search.handedOut) search.changed.add(binding);
  const variables = (wanted: (binding: Binding) => boolean): Map<ModuleAnalysis, Binding[]> =>
    new Map(modules.map((analysis) => [analysis, search.candidatesOf(analysis).filter(wanted)]));
  const isHandedOut = (binding: Binding): boolean =>
    search.handedOut.has(binding) || search.handedOutEarly.has(binding);
  return {
    watched: variables((binding) => search.changed.has(binding)),
    members: search.members,
    handedOut: variables((binding) => isHandedOut(binding) && !search.changed.has(binding)),
  };
}

class Search {
  readonly changed = new Set<Binding>();
  /** Functions that packages are given. */
  readonly handedOut = new Set<Binding>();
  /** Functions and classes that they are given while the module is evaluated. */
  readonly handedOutEarly = new Set<Binding>();
  readonly members = new Set<Node>();
  /** Functions that can be watched as members, and their names. */
  readonly #eligible = new Map<Node, string>();
  readonly #candidates = new Map<ModuleAnalysis, Binding[]>();
  /** Names of static fields that are saved anyway. */
  readonly #classOf = new Map<Binding, ClassInfo>();
  readonly #bindingOf = new Map<ClassInfo, Binding>();
  readonly #parentOf = new Map<Binding, Binding>();
  readonly #bindingOfCode = new Map<Node, Binding>();
  /** Absent: no function or class is used in another way than by its name. */
  readonly #flow: ValueFlow | undefined;
  readonly #packages: PackageValues;
  readonly #resolve: ResolveVariable;
  readonly #exportsBehind: ResolveNamespace;
  readonly #contents: ContentsOf;

  constructor(
    modules: readonly ModuleAnalysis[],
    resolve: ResolveVariable,
    exportsBehind: ResolveNamespace,
    contents: ContentsOf,
  ) {
    this.#contents = contents;
    this.#resolve = resolve;
    this.#exportsBehind = exportsBehind;
    this.#packages = new PackageValues(modules);
    for (const analysis of modules) this.#candidates.set(analysis, this.#find(analysis));
    const members = new Set<string>();
    for (const analysis of modules)
      for (const fn of analysis.functions) {
        if (!this.#isMember(fn)) continue;
        const name = fn.name.slice(fn.name.lastIndexOf('.') + 1);
        this.#eligible.set(fn.node, name);
        members.add(name);
      }
    if (modules.some((analysis) => this.#handsOn(analysis, members)))
      this.#flow = new ValueFlow(modules, resolve, exportsBehind);
  }

  /** A method, or a function in a literal, that exists once and can be found again. */
  #isMember({ node, once, kind, enclosingClass: cls }: FunctionInfo): boolean {
    if (!once || !isFunction(node) || this.#bindingOfCode.has(node)) return false;
    if (cls === undefined) return kind === 'method' || kind === 'function' || kind === 'arrow';
    const binding = this.#bindingOf.get(cls);
    return kind === 'method' && binding !== undefined && memberOf(cls, node) !== undefined;
  }

  candidatesOf(analysis: ModuleAnalysis): Binding[] {
    return this.#candidates.get(analysis)!;
  }

  #find(analysis: ModuleAnalysis): Binding[] {
    const found: Binding[] = [];
    const add = (id: Node | null, value: Node): void => {
      const binding = id?.type === 'Identifier' ? analysis.bindingOf.get(id) : undefined;
      const isClass = value.type.startsWith('Class');
      if (!binding?.moduleLevel || !(isClass || isFunction(value))) return;
      // A class that is made with every restore is saved whole.
      if (isClass && analysis.classOf.get(value)!.maker) return;
      found.push(binding);
      this.#bindingOfCode.set(value, binding);
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

  /** Whether a candidate, a member or `this` in a static method of one is used as a value. */
  #handsOn(analysis: ModuleAnalysis, members: ReadonlySet<string>): boolean {
    const found = new Set<Binding>([...this.#candidates.values()].flat());
    const visit = (node: Node, parent: Node, key: string): boolean => {
      let handed = false;
      if (node.type === 'Identifier') {
        const own = analysis.bindingOf.get(node);
        const binding = own?.kind === 'import' ? this.#resolve(own) : own;
        handed = binding
          ? found.has(binding) && !isPlainUse(parent, key)
          : own !== undefined && !parent.type.startsWith('Import') && this.#exportsBehind(own) !== undefined;
      } else if (node.type === 'ThisExpression' || isPrototype(node)) handed = !isPlainUse(parent, key);
      else if (node.type === 'MemberExpression' && !node['computed'])
        // A property of a method, or a method that is handed on.
        handed = members.has(node['property'].name) && (key === 'object' || !isPlainUse(parent, key));
      if (!handed)
        forEachChild(node, (child, childKey) => {
          handed ||= visit(child, node, childKey);
        });
      return handed;
    };
    return visit(analysis.program, analysis.program, '');
  }

  look(analysis: ModuleAnalysis): void {
    const visit = (node: Node, fn: FunctionInfo): void => {
      const inner = isFunction(node) || node.type === 'StaticBlock' ? analysis.infoOf.get(node) : undefined;
      if (!isStaticCode(fn)) this.#node(analysis, node, fn);
      else this.#whileLoading(analysis, node, fn);
      forEachChild(node, (child) => visit(child, inner ?? fn));
    };
    visit(analysis.program, analysis.module);
  }

  #node(analysis: ModuleAnalysis, node: Node, fn: FunctionInfo): void {
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
        return this.#handedOut(analysis, node);
      case 'NewExpression':
        return this.#handedOut(analysis, node);
    }
  }

  /** Code that runs while the module is evaluated gives a function or class a property whose value may change later. */
  #whileLoading(analysis: ModuleAnalysis, node: Node, fn: FunctionInfo): void {
    if (
      /^(Call|New)Expression$/.test(node.type) &&
      this.#flow &&
      this.#packages.gives(analysis, node['callee'])
    )
      for (const binding of this.#given(node)) this.handedOutEarly.add(binding);
    const mayChange = (value: Node): boolean => /^(flat|data)$/.test(this.#contents.of(analysis, value));
    if (node.type === 'AssignmentExpression') {
      // What functions change about a prototype object is found where they do it.
      if (!isPrototype(node['left']) && mayChange(node['right'])) this.#target(analysis, node['left'], fn);
    } else if (node.type === 'CallExpression' && CHANGING.test(calleeText(node['callee']))) {
      const [target, ...values] = node['arguments'] as Node[];
      const given = values.flatMap((value) =>
        value.type === 'ObjectExpression' ? (value['properties'] as Node[]).map(valueOf) : [value],
      );
      if (target && given.some(mayChange)) this.#object(analysis, target, fn, undefined);
    }
  }

  /** A package that is given a class may change it. */
  #handedOut(analysis: ModuleAnalysis, call: Node): void {
    if (!this.#flow || !this.#packages.gives(analysis, call['callee'])) return;
    for (const binding of this.#given(call)) {
      if (this.#classOf.has(binding)) this.changed.add(binding);
      else this.handedOut.add(binding);
    }
  }

  #given(call: Node): Binding[] {
    const flow = this.#flow!;
    return (call['arguments'] as Node[])
      .flatMap((input) => [...flow.codeAt(input), ...flow.codeIn(input)])
      .map((code) => this.#bindingOfCode.get(code))
      .filter((binding) => binding !== undefined);
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
    for (const code of this.#flow?.codeAt(node) ?? []) {
      const binding = this.#bindingOfCode.get(code);
      if (binding) this.#mark(binding, name);
      else if (node.type === 'MemberExpression' && this.#eligible.get(code) === node['property'].name)
        this.members.add(code);
    }
    if (node.type === 'Identifier') {
      const own = analysis.bindingOf.get(node);
      const binding = own?.kind === 'import' ? this.#resolve(own) : own;
      if (binding) this.#mark(binding, name);
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

/** What is used there is not handed on. */
function isPlainUse(parent: Node, key: string): boolean {
  switch (parent.type) {
    case 'CallExpression':
    case 'NewExpression':
      return key === 'callee';
    case 'TaggedTemplateExpression':
      return key === 'tag';
    case 'MemberExpression':
      return key === 'object';
    case 'VariableDeclarator':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return key === 'id' || key === 'superClass';
    default:
      return /^(Binary|Unary|Update)Expression$|Specifier$|^Export|^(Expression|If|While|DoWhile|Switch)Statement$/.test(
        parent.type,
      );
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

/** The method definition of `fn`, if its name can be written after a dot. */
export function memberOf(cls: ClassInfo, fn: Node): Node | undefined {
  return (cls.node['body'].body as Node[]).find(
    ({ value, key, computed }) => value === fn && !computed && key.type === 'Identifier',
  );
}

const valueOf = (property: Node): Node => (property['value'] ?? property['argument']) as Node;

function calleeText(node: Node): string {
  const callee = sameObject(node)[0]!;
  // Of node:util.
  if (callee.type === 'Identifier') return callee['name'];
  if (callee.type !== 'MemberExpression' || callee['computed']) return '';
  const { name } = callee['property'];
  if (name === 'inherits') return name;
  const object = sameObject(callee['object'])[0]!;
  return /^(Object|Reflect)$/.test(object['name'] ?? '') ? `${object['name']}.${name}` : '';
}
