/**
 * Which functions and classes an expression may give, wherever they were handed to on the way: through variables, parameters,
 * properties, collections, results, promises, exceptions. Calls are followed into the bundle's own functions. Native code may keep
 * what it is given, may call it, and may give it back; whether it changes it is the caller's question.
 *
 * It errs on the side of too many. Not seen: what goes through native code from one call to another (an emitter that is exported
 * by a package, `globalThis`).
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import { CALLING, FlowGraph, slot, type Arguments } from './flow-graph.ts';
import { type Place, Value } from './flow-values.ts';
import type { Binding, ModuleAnalysis } from './model.ts';
import type { ResolveNamespace, ResolveVariable } from './module-state.ts';

/** What `this` and `return` mean in the code that is walked. */
interface Context {
  readonly self: Place;
  readonly result: Place;
  /** The class whose body it is in, and whether `super` means that class's base. */
  readonly cls: Value | undefined;
  readonly isStatic: boolean;
}

export class ValueFlow {
  readonly #graph = new FlowGraph();
  readonly #resolve: ResolveVariable;
  readonly #exportsBehind: ResolveNamespace;
  readonly #namespaces = new Map<Binding, Place>();
  readonly #variables = new Map<Binding, Place>();
  readonly #expressions = new Map<Node, Place>();
  readonly #thrown: Place;
  #analysis!: ModuleAnalysis;

  constructor(modules: readonly ModuleAnalysis[], resolve: ResolveVariable, exportsBehind: ResolveNamespace) {
    this.#resolve = resolve;
    this.#exportsBehind = exportsBehind;
    this.#thrown = this.#graph.place();
    for (const analysis of modules) {
      this.#analysis = analysis;
      const context = {
        self: this.#graph.nothing,
        result: this.#graph.place(),
        cls: undefined,
        isStatic: false,
      };
      this.#walk(analysis.program, context);
    }
    this.#graph.work.finish();
  }

  /** Functions and classes that `expression` may give, itself or as the prototype object of one. */
  codeAt(expression: Node): Iterable<Node> {
    return codeOf(this.#expressions.get(expression)?.values ?? []);
  }

  /** The same for everything that an object that `expression` may give holds directly. */
  codeIn(expression: Node): Iterable<Node> {
    const values = this.#expressions.get(expression)?.values ?? [];
    const held = [...values].filter(({ code }) => !code).flatMap((value) => value.all().values);
    this.#graph.work.finish();
    return codeOf(held);
  }

  #variable(binding: Binding): Place {
    const own = binding.kind === 'import' ? this.#resolve(binding) : binding;
    if (!own) return this.#namespace(binding);
    let place = this.#variables.get(own);
    if (place === undefined) this.#variables.set(own, (place = this.#graph.place()));
    return place;
  }

  #namespace(binding: Binding): Place {
    let place = this.#namespaces.get(binding);
    if (place) return place;
    this.#namespaces.set(binding, (place = this.#graph.place()));
    const exported = this.#exportsBehind(binding);
    if (exported) {
      const value = new Value(this.#graph.work);
      for (const [name, own] of exported) this.#variable(own).flowsTo(value.field(name));
      place.add(value);
    }
    return place;
  }

  /** Native: no variable of the bundle stands at the root of it. */
  #isNativeRoot(node: Node): boolean {
    if (node.type === 'MemberExpression') return this.#isNativeRoot(node['object']);
    if (node.type === 'ChainExpression') return this.#isNativeRoot(node['expression']);
    if (node.type === 'SequenceExpression') return this.#isNativeRoot(node['expressions'].at(-1));
    if (node.type === 'Literal' || node.type === 'TemplateLiteral' || node.type === 'ImportExpression')
      return true;
    if (node.type !== 'Identifier') return false;
    const binding = this.#analysis.bindingOf.get(node);
    return (
      !binding || (binding.kind === 'import' && !this.#resolve(binding) && !this.#exportsBehind(binding))
    );
  }

  #walk(node: Node, context: Context): void {
    if (isFunction(node)) return this.#function(node, context, false);
    if (node.type.startsWith('Class') && node['body']?.type === 'ClassBody')
      return this.#class(node, context);
    this.#statement(node, context);
    if (isExpression(node)) this.#value(node, context);
    forEachChild(node, (child) => this.#walk(child, context));
  }

  #statement(node: Node, context: Context): void {
    switch (node.type) {
      case 'ExportDefaultDeclaration':
      case 'ExportNamedDeclaration':
        // Data from outside.
        for (const parameter of (node['declaration']?.params ?? []) as Node[])
          this.#bindInput(node['declaration'], parameter);
        return;
      case 'VariableDeclarator':
        if (node['init']) this.#bind(node['id'], this.#value(node['init'], context), context);
        return;
      case 'ForOfStatement': {
        const { left } = node;
        const target = left.type === 'VariableDeclaration' ? left['declarations'][0].id : left;
        return this.#bind(target, this.#graph.elementsOf(this.#value(node['right'], context)), context);
      }
      case 'ReturnStatement':
        if (node['argument']) this.#value(node['argument'], context).flowsTo(context.result);
        return;
      case 'ThrowStatement':
        return this.#value(node['argument'], context).flowsTo(this.#thrown);
      case 'CatchClause':
        if (node['param']) this.#bind(node['param'], this.#thrown, context);
    }
  }

  #function(node: Node, outer: Context, isMember: boolean): void {
    const code = this.#graph.codeOf(node);
    if (node.type === 'FunctionDeclaration' || node['id'])
      this.#bindName(node['id'], this.#graph.valueOf(node));
    const isArrow = node.type === 'ArrowFunctionExpression';
    const context: Context = {
      self: isArrow ? outer.self : code.self,
      result: code.result,
      cls: isArrow || isMember ? outer.cls : undefined,
      isStatic: outer.isStatic,
    };
    code.parameters.forEach((parameter, index) => this.#bind(parameter, code.inputs[index]!, context));
    const list = this.#analysis.infoOf.get(node)?.argumentsBinding;
    if (list) {
      const value = this.#graph.valueOf(node['body']);
      code.every.flowsTo(value.elements);
      this.#variable(list).add(value);
    }
    for (const parameter of code.parameters) this.#walk(parameter, context);
    const body = node['body'] as Node;
    if (body.type !== 'BlockStatement') this.#value(body, context).flowsTo(code.result);
    this.#walk(body, context);
  }

  #bindInput(fn: Node, parameter: Node): void {
    const { parameters, inputs } = this.#graph.codeOf(fn);
    inputs[parameters.indexOf(parameter)]!.add(this.#graph.valueOf(parameter, true));
  }

  #bindName(id: Node | null, value: Value): void {
    const binding = id && this.#analysis.bindingOf.get(id);
    if (binding) this.#variable(binding).add(value);
    // Inside its body a class has a variable of its own with its name.
    for (const own of id ? (this.#analysis.scopeBindings.get(value.code!) ?? []) : [])
      if (own.name === id!['name']) this.#variable(own).add(value);
  }

  #class(node: Node, outer: Context): void {
    const value = this.#graph.valueOf(node);
    const { prototype } = value;
    this.#bindName(node['id'], value);
    if (node['superClass']) {
      const base = this.#value(node['superClass'], outer);
      this.#walk(node['superClass'], outer);
      base.flowsTo(value.parents);
      base.each((parent) => prototype.parents.add(parent.prototype));
    }
    for (const member of node['body'].body as Node[]) {
      const isStatic = member.type === 'StaticBlock' || member['static'] === true;
      const holder = isStatic ? value : prototype;
      const instances = this.#graph.codeOf(node).self;
      const context: Context = {
        self: this.#graph.place(),
        result: this.#graph.place(),
        cls: value,
        isStatic,
      };
      if (isStatic) context.self.add(value);
      else instances.flowsTo(context.self);
      if (member.type === 'StaticBlock') {
        for (const statement of member['body'] as Node[]) this.#walk(statement, context);
        continue;
      }
      if (member['computed']) this.#walk(member['key'], outer);
      const name = nameOf(member['key'], member['computed']);
      if (member.type === 'MethodDefinition') {
        this.#function(member['value'], context, true);
        if (member['kind'] === 'constructor') instances.flowsTo(this.#graph.codeOf(member['value']).self);
        else this.#member(holder, name, member);
      } else if (member['value']) {
        const given = this.#value(member['value'], context);
        this.#walk(member['value'], context);
        if (isStatic) given.flowsTo(slot(value, name));
        else instances.each((instance) => given.flowsTo(slot(instance, name)));
      }
    }
  }

  /** A method or accessor of `holder`. */
  #member(holder: Value, name: string | undefined, member: Node): void {
    const code = this.#graph.codeOf(member['value']);
    if (member['kind'] === 'get') code.result.flowsTo(slot(holder, name));
    else if (member['kind'] === 'set' && code.inputs[0]) slot(holder, name).flowsTo(code.inputs[0]);
    else slot(holder, name).add(this.#graph.valueOf(member['value']));
  }

  /** `pattern` takes what is at `from`. */
  #bind(pattern: Node, from: Place, context: Context): void {
    switch (pattern.type) {
      case 'Identifier': {
        const binding = this.#analysis.bindingOf.get(pattern);
        if (binding) from.flowsTo(this.#variable(binding));
        return;
      }
      case 'MemberExpression': {
        const name = nameOf(pattern['property'], pattern['computed']);
        return this.#value(pattern['object'], context).each((object) => from.flowsTo(slot(object, name)));
      }
      case 'AssignmentPattern':
        this.#value(pattern['right'], context).flowsTo(from);
        return this.#bind(pattern['left'], from, context);
      case 'RestElement':
        return this.#bind(pattern['argument'], from, context);
      case 'ArrayPattern': {
        const elements = this.#graph.elementsOf(from);
        for (const item of pattern['elements'] as (Node | null)[])
          if (item) this.#bind(item, item.type === 'RestElement' ? from : elements, context);
        return;
      }
      case 'ObjectPattern':
        for (const item of pattern['properties'] as Node[]) {
          if (item.type === 'RestElement') this.#bind(item, from, context);
          else
            this.#bind(item['value'], this.#graph.read(from, nameOf(item['key'], item['computed'])), context);
        }
    }
  }

  #value(node: Node, context: Context): Place {
    let place = this.#expressions.get(node);
    if (place === undefined) {
      this.#expressions.set(node, (place = this.#graph.place()));
      this.#evaluate(node, context, place);
    }
    return place;
  }

  #evaluate(node: Node, context: Context, to: Place): void {
    const pass = (part: Node): void => this.#value(part, context).flowsTo(to);
    switch (node.type) {
      case 'Identifier': {
        const binding = this.#analysis.bindingOf.get(node);
        if (binding) this.#variable(binding).flowsTo(to);
        return;
      }
      case 'ThisExpression':
        return context.self.flowsTo(to);
      case 'Super':
        if (context.cls) (context.isStatic ? context.cls : context.cls.prototype).parents.flowsTo(to);
        return;
      case 'MemberExpression':
        return this.#graph
          .read(this.#value(node['object'], context), nameOf(node['property'], node['computed']))
          .flowsTo(to);
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return pass(node['expression']);
      case 'AwaitExpression':
        pass(node['argument']);
        return this.#graph.elementsOfPromises(this.#value(node['argument'], context)).flowsTo(to);
      case 'YieldExpression':
        if (!node['argument']) return context.result.flowsTo(to);
        this.#value(node['argument'], context).flowsTo(context.result);
        return pass(node['argument']);
      case 'ConditionalExpression':
        pass(node['consequent']);
        return pass(node['alternate']);
      case 'LogicalExpression':
        pass(node['left']);
        return pass(node['right']);
      case 'SequenceExpression':
        return pass(node['expressions'].at(-1));
      case 'AssignmentExpression':
        this.#bind(node['left'], this.#value(node['right'], context), context);
        return pass(node['right']);
      case 'ArrayExpression': {
        const value = this.#graph.valueOf(node);
        to.add(value);
        for (const item of node['elements'] as (Node | null)[]) {
          if (item?.type === 'SpreadElement')
            this.#graph.elementsOf(this.#value(item['argument'], context)).flowsTo(value.elements);
          else if (item) this.#value(item, context).flowsTo(value.elements);
        }
        return;
      }
      case 'ObjectExpression':
        to.add(this.#graph.valueOf(node));
        return this.#object(node, this.#graph.valueOf(node), context);
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return this.#call(node, context, to);
      default:
        if (isFunction(node) || node.type.startsWith('Class')) to.add(this.#graph.valueOf(node));
    }
  }

  #object(node: Node, value: Value, context: Context): void {
    for (const item of node['properties'] as Node[]) {
      if (item.type === 'SpreadElement') {
        this.#value(item['argument'], context).each((from) => from.all().flowsTo(value.elements));
      } else {
        const name = nameOf(item['key'], item['computed']);
        if (item['kind'] !== 'init') this.#member(value, name, item);
        else this.#value(item['value'], context).flowsTo(slot(value, name));
      }
    }
  }

  #call(node: Node, context: Context, to: Place): void {
    const isTemplate = node.type === 'TaggedTemplateExpression';
    const callee = unchained(node[isTemplate ? 'tag' : 'callee'] as Node);
    const nodes = (isTemplate ? [null, ...node['quasi'].expressions] : node['arguments']) as (Node | null)[];
    const spread = nodes.findIndex((item) => item?.type === 'SpreadElement');
    const inputs = nodes.map((item) => {
      if (!item) return this.#graph.nothing;
      if (item.type !== 'SpreadElement') return this.#value(item, context);
      return this.#graph.elementsOf(this.#value(item['argument'], context));
    });
    const given: Arguments = { inputs, spread, constructed: new Set() };
    if (callee.type === 'Super') {
      const bases = context.cls?.parents ?? this.#graph.nothing;
      return bases.each((base) => this.#graph.construct(base, given, context.self, to));
    }
    if (node.type === 'NewExpression') {
      if (this.#isNativeRoot(callee)) return this.#graph.native(node, given, to);
      const made = this.#graph.valueOf(node, true);
      const self = this.#graph.place();
      self.add(made);
      to.add(made);
      return this.#value(callee, context).each((cls) => {
        if (cls.code) made.parents.add(cls.prototype);
        this.#graph.construct(cls, given, self, to);
      });
    }
    if (this.#isNativeRoot(callee)) return this.#graph.native(node, given, to);
    if (callee.type === 'MemberExpression') {
      const receivers = this.#value(callee['object'], context);
      const name = nameOf(callee['property'], callee['computed']);
      const self = callee['object'].type === 'Super' ? context.self : receivers;
      this.#value(callee, context).each((value) => {
        // What native code gives stands for all of its properties: as a receiver it is looked at below.
        if (value.code || !receivers.has(value)) this.#graph.invoke(value, given, self, to);
      });
      if (CALLING.test(name ?? '')) for (const input of inputs) this.#graph.resultsOf(input).flowsTo(to);
      return receivers.each((receiver) => this.#graph.method(receiver, name, receivers, given, to));
    }
    this.#value(callee, context).each((value) => this.#graph.invoke(value, given, this.#graph.nothing, to));
  }
}

function nameOf(key: Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key['name']}`;
  if (key.type === 'Literal') return typeof key['value'] === 'string' ? key['value'] : undefined;
  return computed ? undefined : key['name'];
}

function unchained(node: Node): Node {
  return node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression'
    ? unchained(node['expression'])
    : node;
}

const isExpression = (node: Node): boolean =>
  node.type.endsWith('Expression') || node.type === 'Identifier' || node.type === 'Super';

function codeOf(values: Iterable<Value>): Set<Node> {
  const found = new Set<Node>();
  for (const value of values) {
    const { code } = value.prototypeOf ?? value;
    if (code) found.add(code);
  }
  return found;
}
