/**
 * One walk over a module: which functions and classes there are, how they nest, what `this`, `super` and `new.target`
 * mean in each, which nodes contain a suspension point, and what has to be refused.
 */
import type { Scope } from 'eslint-scope';
import type { ParsedModule } from '../1-parse/parse-module.ts';
import { type Node, forEachChild, isFunction, isLoop } from '../ast.ts';
import type { DiagnosticCode } from '../diagnostics/catalogue.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/diagnostic.ts';
import type { Binding, BindingKind, ClassInfo, FunctionInfo, FunctionKind } from './model.ts';
import { makeClassInfo, ownVariable } from './class-info.ts';
import { isStaticCode, nonArrow } from './function-kinds.ts';
import { keyName, nameFromContext } from './names.ts';

interface Place {
  readonly fn: FunctionInfo;
  readonly cls: ClassInfo | undefined;
  /** Inside a loop of code that otherwise runs once. */
  readonly repeated: boolean;
  /** Innermost block whose entry makes function declarations. */
  readonly block: Node;
}

export class FunctionTree {
  readonly functions: FunctionInfo[] = [];
  readonly classes: ClassInfo[] = [];
  readonly infoOf = new Map<Node, FunctionInfo>();
  readonly classOf = new Map<Node, ClassInfo>();
  readonly suspends = new Set<Node>();
  readonly names = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  /** Declarators of code that runs once. */
  readonly onceDeclarators: Node[] = [];
  /** `this`, `new.target` and object literals with `super` in a method -> the binding that stands for them. */
  readonly pseudoBindingOf = new Map<Node, Binding>();
  /** All of those, also the ones that no node stands for. */
  readonly pseudoBindings = new Set<Binding>();
  readonly module: FunctionInfo;

  readonly #parsed: ParsedModule;
  readonly #made: ReadonlySet<Node>;
  readonly #ancestors: Node[] = [];
  readonly #fieldInfoOf = new Map<Node, FunctionInfo>();
  readonly #superCallEnd = new Map<FunctionInfo, number>();
  readonly #literalOf = new Map<FunctionInfo, Node>();
  #homes = 0;

  constructor(parsed: ParsedModule, made: ReadonlySet<Node>) {
    this.#parsed = parsed;
    this.#made = made;
    this.module = this.#function(parsed.program, 'module', undefined, undefined, true);
    const place = { fn: this.module, cls: undefined, repeated: false, block: parsed.program };
    this.#children(parsed.program, place);
  }

  /** The function whose activation holds the variables of `scope`. */
  functionOf(scope: Scope): FunctionInfo {
    for (let at: Scope | null = scope; at; at = at.upper) {
      const block = at.block as unknown as Node;
      if (at.type === 'function' || (at.type as string) === 'class-static-block')
        return this.infoOf.get(block)!;
      if ((at.type as string) === 'class-field-initializer') return this.#fieldInfoOf.get(block)!;
    }
    return this.module;
  }

  /** Offset after the parameter that declares `identifier`. */
  parameterEnd(fn: Node, identifier: Node): number {
    for (const parameter of fn['params'] as Node[])
      if (parameter.start! <= identifier.start! && identifier.end! <= parameter.end!) return parameter.end!;
    return fn.start!;
  }

  report(code: DiagnosticCode, node: Node, values: Record<string, string> = {}): void {
    const { path, source } = this.#parsed;
    this.diagnostics.push(makeDiagnostic(code, path, source, node.loc!.start, values));
  }

  #function(
    node: Node,
    kind: FunctionKind,
    parent: FunctionInfo | undefined,
    enclosingClass: ClassInfo | undefined,
    once: boolean,
    options: { isStatic?: boolean; name?: string; hoistedTo?: Node } = {},
  ): FunctionInfo {
    const ownsBody = kind !== 'field' && isFunction(node);
    const info: FunctionInfo = {
      node,
      kind,
      parent,
      enclosingClass,
      isAsync: ownsBody && node['async'] === true,
      isGenerator: ownsBody && node['generator'] === true,
      isResumable: ownsBody && (node['async'] === true || node['generator'] === true),
      isStatic: options.isStatic ?? false,
      once,
      hoistedTo: options.hoistedTo,
      id: -1,
      name: options.name ?? '',
      cells: [],
      locals: [],
      self: undefined,
      thisBinding: undefined,
      newTargetBinding: undefined,
      argumentsBinding: undefined,
      homeBinding: undefined,
      usesPrivateNames: false,
      inPlace: false,
      foreignNames: new Set(),
    };
    this.functions.push(info);
    return info;
  }

  #children(node: Node, place: Place): void {
    this.#ancestors.push(node);
    forEachChild(node, (child, key) => this.#visit(child, key, node, place));
    this.#ancestors.pop();
  }

  #visit(node: Node, key: string, parent: Node, place: Place): void {
    switch (node.type) {
      case 'Identifier':
        this.names.add(node['name']);
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#enterFunction(node, parent, place);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#enterClass(node, parent, place);
        return;
      case 'AwaitExpression':
      case 'YieldExpression':
        this.#suspend(node, place);
        break;
      case 'ForOfStatement':
        if (node['await']) this.#suspend(node, place);
        break;
      case 'ReturnStatement':
        // It awaits its operand (ECMA-262 14.10.1).
        if (node['argument'] && place.fn.isAsync && place.fn.isGenerator) this.#suspend(node, place);
        break;
      case 'VariableDeclaration':
        if (node['kind'] === 'await using') this.#suspend(node, place);
        else if (isStaticCode(place.fn) && (!place.repeated || node['kind'] === 'var'))
          this.onceDeclarators.push(...(node['declarations'] as Node[]));
        break;
      case 'ThisExpression':
        this.#usePseudo(node, 'this', place);
        break;
      case 'MetaProperty':
        if (node['meta'].name === 'new') this.#usePseudo(node, 'newTarget', place);
        return;
      case 'Super':
        this.#useSuper(node, parent, key, place);
        break;
      case 'PrivateIdentifier':
        for (let fn: FunctionInfo | undefined = place.fn; fn && fn.kind !== 'module'; fn = fn.parent)
          fn.usesPrivateNames = true;
        return;
      case 'CallExpression':
        if (node['callee'].type === 'Identifier' && node['callee'].name === 'eval')
          this.report('WM1024', node);
        break;
      case 'ImportExpression':
        if (node['source'].type === 'Literal' && /^\.{1,2}\//.test(String(node['source'].value)))
          this.report('WM1025', node);
        break;
      case 'JSXElement':
      case 'JSXFragment':
        this.report('WM1026', node);
        return;
      case 'Decorator':
        this.report('WM1021', node);
        return;
    }
    const repeated = place.repeated || isLoop(node);
    const makesFunctions =
      node.type === 'BlockStatement' || node.type === 'StaticBlock' || node.type === 'SwitchStatement';
    const block = makesFunctions ? node : place.block;
    this.#children(
      node,
      repeated === place.repeated && block === place.block ? place : { ...place, repeated, block },
    );
  }

  #enterFunction(node: Node, parent: Node, place: Place): void {
    const member =
      parent.type === 'MethodDefinition' ||
      (parent.type === 'Property' && (parent['method'] || parent['kind'] !== 'init'));
    let kind: FunctionKind = node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function';
    let name: string = node['id']?.name ?? '';
    if (member) {
      const memberKind = parent['kind'] as string;
      kind =
        memberKind === 'constructor'
          ? 'constructor'
          : memberKind === 'get' || memberKind === 'set'
            ? 'accessor'
            : 'method';
      name = keyName(parent);
      if (parent.type === 'MethodDefinition')
        name = kind === 'constructor' ? `new ${place.cls!.name}` : `${place.cls!.name}.${name}`;
    } else if (name === '') {
      name = nameFromContext(node, parent);
    }
    const info = this.#function(node, kind, place.fn, place.cls, isStaticCode(place.fn) && !place.repeated, {
      isStatic: parent.type === 'MethodDefinition' && parent['static'] === true,
      name,
      ...(node.type === 'FunctionDeclaration' ? { hoistedTo: place.block } : {}),
    });
    this.infoOf.set(node, info);
    if (parent.type === 'Property' && member) this.#literalOf.set(info, this.#ancestors.at(-2)!);
    if (kind === 'arrow') this.#checkArrowBeforeSuper(node, place);
    const body = node['body'] as Node;
    this.#children(node, {
      fn: info,
      cls: place.cls,
      repeated: false,
      block: body.type === 'BlockStatement' ? body : place.block,
    });
  }

  #enterClass(node: Node, parent: Node, place: Place): void {
    const name: string = node['id']?.name ?? nameFromContext(node, parent);
    const once = isStaticCode(place.fn) && !place.repeated && !this.#made.has(node);
    const maker = once ? undefined : this.#function(node, 'class', place.fn, place.cls, false, { name });
    const info = makeClassInfo(node, name, place.cls, maker);
    this.classes.push(info);
    this.classOf.set(node, info);
    this.#ancestors.push(node);
    if (node['id']) this.names.add(node['id'].name);
    for (const decorator of node['decorators'] ?? []) this.#visit(decorator, 'decorators', node, place);
    if (node['superClass']) this.#visit(node['superClass'], 'superClass', node, place);
    this.#ancestors.push(node['body']);
    for (const member of node['body'].body as Node[]) this.#visitMember(member, info, place);
    this.#ancestors.pop();
    this.#ancestors.pop();
  }

  #visitMember(member: Node, cls: ClassInfo, outer: Place): void {
    const maker = cls.maker ?? outer.fn;
    const place = { ...outer, fn: maker, cls };
    for (const decorator of member['decorators'] ?? []) this.#visit(decorator, 'decorators', member, outer);
    if (member.type === 'AccessorProperty') this.report('WM1022', member);
    if (member.type === 'StaticBlock') {
      const options = { isStatic: true, name: `${cls.name} static block` };
      const info = this.#function(member, 'static-block', maker, cls, maker.once, options);
      this.infoOf.set(member, info);
      this.#children(member, { fn: info, cls, repeated: false, block: member });
      return;
    }
    this.#ancestors.push(member);
    if (member['computed']) this.#visit(member['key'], 'key', member, outer);
    const value = member['value'] as Node | null;
    if (member.type === 'MethodDefinition') {
      this.#visit(value!, 'value', member, place);
    } else if (value) {
      const isStatic = member['static'] === true;
      const options = { isStatic, name: `${cls.name}.${keyName(member)}` };
      const info = this.#function(value, 'field', maker, cls, isStatic && maker.once, options);
      this.#fieldInfoOf.set(value, info);
      this.#visit(value, 'value', member, { fn: info, cls, repeated: false, block: value });
    }
    this.#ancestors.pop();
  }

  /** Marks `node` and everything around it up to the function's boundary. */
  #suspend(node: Node, place: Place): void {
    if (isStaticCode(place.fn)) {
      this.report('WM1013', node);
      return;
    }
    this.suspends.add(node);
    for (let index = this.#ancestors.length - 1; index >= 0; index--) {
      const ancestor = this.#ancestors[index]!;
      if (ancestor === place.fn.node) return;
      this.suspends.add(ancestor);
    }
  }

  #usePseudo(node: Node, kind: 'this' | 'newTarget', place: Place): void {
    const owner = nonArrow(place.fn);
    if (owner.kind === 'module') return;
    const slot = kind === 'this' ? 'thisBinding' : 'newTargetBinding';
    const binding = (owner[slot] ??= this.#pseudo(kind, owner));
    this.#refer(node, binding, place.fn);
  }

  #useSuper(node: Node, parent: Node, key: string, place: Place): void {
    const owner = nonArrow(place.fn);
    if (parent.type === 'CallExpression' && key === 'callee') {
      for (let fn = place.fn; fn.kind === 'arrow'; fn = fn.parent!) {
        fn.inPlace = true;
        if (fn.isResumable) this.report('WM1023', parent);
      }
      if (place.fn.kind === 'arrow') return;
      if (!this.#superCallEnd.has(owner)) this.#superCallEnd.set(owner, parent.end!);
      return;
    }
    const literal = this.#literalOf.get(owner);
    // Methods of classes stay where they are.
    if (place.fn.kind !== 'arrow' && !owner.isResumable && !literal) return;
    // The code moves out of the method: it needs the home object and `this` as values.
    if (literal) {
      let home = this.pseudoBindingOf.get(literal);
      if (!home) {
        home = this.#pseudo('home', owner.parent!);
        this.pseudoBindingOf.set(literal, home);
      }
      owner.homeBinding = home;
      this.#refer(node, home, place.fn);
    } else if (owner.enclosingClass?.maker) {
      this.useClass(owner.enclosingClass, node, place.fn);
    } else if (owner.enclosingClass) {
      owner.enclosingClass.variable = '';
    }
    const receiver = (owner.thisBinding ??= this.#pseudo('this', owner));
    this.pseudoBindings.add(receiver);
    receiver.references.push({
      identifier: node,
      from: place.fn,
      isRead: true,
      isWrite: false,
      isInit: false,
    });
  }

  /** Code in `from` needs the class in whose body it stands, which is made at run time. */
  useClass(cls: ClassInfo, node: Node, from: FunctionInfo): void {
    const binding = this.ownClass(cls);
    binding.references.push({ identifier: node, from, isRead: true, isWrite: false, isInit: false });
  }

  ownClass(cls: ClassInfo): Binding {
    const binding = ownVariable(cls, `$class${this.classes.indexOf(cls) + 1}`);
    this.pseudoBindings.add(binding);
    return binding;
  }

  #checkArrowBeforeSuper(node: Node, place: Place): void {
    const owner = nonArrow(place.fn);
    if (owner.kind !== 'constructor' || !owner.enclosingClass?.node['superClass']) return;
    if (this.#superCallEnd.has(owner)) return;
    let usesThis = false;
    const look = (child: Node): void => {
      if (child.type === 'ThisExpression' || child.type === 'Super') usesThis = true;
      else if (child.type !== 'FunctionExpression' && child.type !== 'FunctionDeclaration')
        forEachChild(child, look);
    };
    look(node);
    // Made before `this` exists: it is shared through a box that the call of super() fills.
    if (usesThis) (owner.thisBinding ??= this.#pseudo('this', owner)).boxed = true;
  }

  #pseudo(kind: BindingKind, owner: FunctionInfo): Binding {
    const name = kind === 'home' ? `$home${++this.#homes}` : `$${kind}`;
    const binding: Binding = {
      name,
      kind,
      owner,
      moduleLevel: kind === 'home' && owner.kind === 'module',
      scopeNode: owner.node,
      initializedAt: 0,
      declaredAt: 0,
      inCase: false,
      assigned: kind === 'home',
      captured: false,
      boxed: false,
      early: false,
      output: name,
      references: [],
    };
    owner.locals.push(binding);
    return binding;
  }

  #refer(node: Node, binding: Binding, from: FunctionInfo): void {
    this.pseudoBindingOf.set(node, binding);
    this.pseudoBindings.add(binding);
    binding.references.push({ identifier: node, from, isRead: true, isWrite: false, isInit: false });
  }
}

export { isStaticCode, movesOut, nonArrow } from './function-kinds.ts';
