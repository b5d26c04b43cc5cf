/**
 * Which functions and classes an expression may give, wherever they were handed to on the way: through variables, parameters,
 * properties, collections, results, promises, exceptions. Calls are followed into the bundle's own functions. Native code may keep
 * what it is given, may call it, and may give it back; whether it changes it is the caller's question.
 *
 * It errs on the side of too many. Not seen: what goes through native code from one call to another (an emitter that is exported
 * by a package, `globalThis`).
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import { Place, Value, Work } from './flow-values.ts';
import type { Binding, ModuleAnalysis } from './model.ts';
import type { ResolveNamespace, ResolveVariable } from './module-state.ts';

/** Built-in methods that call their argument and keep nothing. */
const CALLING =
  /^(map|filter|forEach|reduce|reduceRight|some|every|find|findIndex|findLast|findLastIndex|flatMap|sort|toSorted|replace|replaceAll|then|catch|finally)$/;

/** Methods of promises and iterators whose result, or whose callback, has what they give. */
const PASSING =
  /^(then|catch|finally|next|return|throw|take|drop|filter|toArray|reduce|find|map|forEach|some|every|flatMap)$/;

/** What `this` and `return` mean in the code that is walked. */
interface Context {
  readonly self: Place;
  readonly result: Place;
  /** The class whose body it is in, and whether `super` means that class's base. */
  readonly cls: Value | undefined;
  readonly isStatic: boolean;
}

/** What a call reaches. */
interface Code {
  readonly parameters: readonly Node[];
  readonly self: Place;
  readonly result: Place;
  readonly inputs: Place[];
  /** All that is given; of functions that use `arguments`. */
  readonly every: Place;
}

export class ValueFlow {
  readonly #work = new Work();
  readonly #resolve: ResolveVariable;
  readonly #exportsBehind: ResolveNamespace;
  readonly #namespaces = new Map<Binding, Place>();
  readonly #variables = new Map<Binding, Place>();
  readonly #expressions = new Map<Node, Place>();
  readonly #values = new Map<Node, Value>();
  readonly #codes = new Map<Node, Code>();
  readonly #nothing: Place;
  readonly #thrown: Place;
  #analysis!: ModuleAnalysis;

  constructor(modules: readonly ModuleAnalysis[], resolve: ResolveVariable, exportsBehind: ResolveNamespace) {
    this.#resolve = resolve;
    this.#exportsBehind = exportsBehind;
    this.#nothing = new Place(this.#work);
    this.#thrown = this.#place();
    for (const analysis of modules) {
      this.#analysis = analysis;
      const context = { self: this.#nothing, result: this.#place(), cls: undefined, isStatic: false };
      this.#walk(analysis.program, context);
    }
    this.#work.finish();
  }

  /** Functions and classes that `expression` may give, itself or as the prototype object of one. */
  codeAt(expression: Node): Iterable<Node> {
    return codeOf(this.#expressions.get(expression)?.values ?? []);
  }

  /** The same for everything that an object that `expression` may give holds directly. */
  codeIn(expression: Node): Iterable<Node> {
    const values = this.#expressions.get(expression)?.values ?? [];
    const held = [...values].filter(({ code }) => !code).flatMap((value) => [...value.all().values]);
    this.#work.finish();
    return codeOf(held);
  }

  #place(): Place {
    return new Place(this.#work);
  }

  #valueOf(node: Node, isNative = false): Value {
    let value = this.#values.get(node);
    if (value === undefined) {
      const isCode = isFunction(node) || node.type.startsWith('Class');
      value = new Value(this.#work, isCode ? { code: node } : { isNative });
      this.#values.set(node, value);
    }
    return value;
  }

  #codeOf(node: Node): Code {
    let code = this.#codes.get(node);
    if (code === undefined) {
      const inputs: Place[] = [];
      const parameters = (node['params'] ?? []) as Node[];
      code = { parameters, self: this.#place(), result: this.#place(), inputs, every: this.#place() };
      for (let index = 0; index < parameters.length; index++) inputs.push(this.#place());
      this.#codes.set(node, code);
    }
    return code;
  }

  #variable(binding: Binding): Place {
    const own = binding.kind === 'import' ? this.#resolve(binding) : binding;
    if (!own) return this.#namespace(binding);
    let place = this.#variables.get(own);
    if (place === undefined) this.#variables.set(own, (place = this.#place()));
    return place;
  }

  #namespace(binding: Binding): Place {
    let place = this.#namespaces.get(binding);
    if (place) return place;
    this.#namespaces.set(binding, (place = this.#place()));
    const exported = this.#exportsBehind(binding);
    if (exported) {
      const value = new Value(this.#work);
      for (const [name, own] of exported) this.#variable(own).flowsTo(value.field(name));
      place.add(value);
    }
    return place;
  }

  /** Native: no variable of the bundle stands at the root of it. */
  #isNativeRoot(node: Node): boolean {
    if (node.type === 'MemberExpression') return this.#isNativeRoot(node['object']);
    if (node.type === 'ChainExpression') return this.#isNativeRoot(node['expression']);
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
        return this.#bind(target, this.#elementsOf(this.#value(node['right'], context)), context);
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
    const code = this.#codeOf(node);
    if (node.type === 'FunctionDeclaration' || node['id']) this.#bindName(node['id'], this.#valueOf(node));
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
      const value = this.#valueOf(node['body']);
      code.every.flowsTo(value.elements);
      this.#variable(list).add(value);
    }
    for (const parameter of code.parameters) this.#walk(parameter, context);
    const body = node['body'] as Node;
    if (body.type !== 'BlockStatement') this.#value(body, context).flowsTo(code.result);
    this.#walk(body, context);
  }

  #bindInput(fn: Node, parameter: Node): void {
    const { parameters, inputs } = this.#codeOf(fn);
    inputs[parameters.indexOf(parameter)]!.add(this.#valueOf(parameter, true));
  }

  #bindName(id: Node | null, value: Value): void {
    const binding = id && this.#analysis.bindingOf.get(id);
    if (binding) this.#variable(binding).add(value);
    // Inside its body a class has a variable of its own with its name.
    for (const own of id ? (this.#analysis.scopeBindings.get(value.code!) ?? []) : [])
      if (own.name === id!['name']) this.#variable(own).add(value);
  }

  #class(node: Node, outer: Context): void {
    const value = this.#valueOf(node);
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
      const instances = this.#codeOf(node).self;
      const context: Context = {
        self: this.#place(),
        result: this.#place(),
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
        if (member['kind'] === 'constructor') instances.flowsTo(this.#codeOf(member['value']).self);
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
    const code = this.#codeOf(member['value']);
    if (member['kind'] === 'get') code.result.flowsTo(slot(holder, name));
    else if (member['kind'] === 'set' && code.inputs[0]) slot(holder, name).flowsTo(code.inputs[0]);
    else slot(holder, name).add(this.#valueOf(member['value']));
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
        const elements = this.#elementsOf(from);
        for (const item of pattern['elements'] as (Node | null)[])
          if (item) this.#bind(item, item.type === 'RestElement' ? from : elements, context);
        return;
      }
      case 'ObjectPattern':
        for (const item of pattern['properties'] as Node[]) {
          if (item.type === 'RestElement') this.#bind(item, from, context);
          else this.#bind(item['value'], this.#read(from, nameOf(item['key'], item['computed'])), context);
        }
    }
  }

  #read(from: Place, name: string | undefined): Place {
    const result = this.#place();
    from.each((value) => {
      if (name === 'prototype' && value.code) result.add(value.prototype);
      // The result of an iterator, of which nothing is told apart from its elements.
      if (name === 'value') result.add(value);
      (name === undefined ? value.all() : value.read(name)).flowsTo(result);
    });
    return result;
  }

  #elementsOf(from: Place): Place {
    const result = this.#place();
    // A generator is told by what it yields.
    from.flowsTo(result);
    from.each((value) => value.all().flowsTo(result));
    return result;
  }

  #value(node: Node, context: Context): Place {
    let place = this.#expressions.get(node);
    if (place === undefined) {
      this.#expressions.set(node, (place = this.#place()));
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
        return this.#read(
          this.#value(node['object'], context),
          nameOf(node['property'], node['computed']),
        ).flowsTo(to);
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return pass(node['expression']);
      case 'AwaitExpression':
        pass(node['argument']);
        return this.#elementsOfPromises(this.#value(node['argument'], context)).flowsTo(to);
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
        const value = this.#valueOf(node);
        to.add(value);
        for (const item of node['elements'] as (Node | null)[]) {
          if (item?.type === 'SpreadElement')
            this.#elementsOf(this.#value(item['argument'], context)).flowsTo(value.elements);
          else if (item) this.#value(item, context).flowsTo(value.elements);
        }
        return;
      }
      case 'ObjectExpression':
        to.add(this.#valueOf(node));
        return this.#object(node, this.#valueOf(node), context);
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return this.#call(node, context, to);
      default:
        if (isFunction(node) || node.type.startsWith('Class')) to.add(this.#valueOf(node));
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

  /** What promises made by native code give. */
  #elementsOfPromises(from: Place): Place {
    const result = this.#place();
    from.each((value) => {
      if (!value.code && value.isNative) value.elements.flowsTo(result);
    });
    return result;
  }

  #call(node: Node, context: Context, to: Place): void {
    const isTemplate = node.type === 'TaggedTemplateExpression';
    const callee = unchained(node[isTemplate ? 'tag' : 'callee'] as Node);
    const nodes = (isTemplate ? [null, ...node['quasi'].expressions] : node['arguments']) as (Node | null)[];
    const spread = nodes.findIndex((item) => item?.type === 'SpreadElement');
    const inputs = nodes.map((item) => {
      if (!item) return this.#nothing;
      if (item.type !== 'SpreadElement') return this.#value(item, context);
      return this.#elementsOf(this.#value(item['argument'], context));
    });
    const given: Arguments = { inputs, spread };
    if (callee.type === 'Super') {
      const bases = context.cls?.parents ?? this.#nothing;
      return bases.each((base) => this.#construct(base, given, context.self, to));
    }
    if (node.type === 'NewExpression') {
      if (this.#isNativeRoot(callee)) return this.#native(node, given, to);
      const made = this.#valueOf(node, true);
      const self = this.#place();
      self.add(made);
      to.add(made);
      return this.#value(callee, context).each((cls) => {
        if (cls.code) made.parents.add(cls.prototype);
        this.#construct(cls, given, self, to);
      });
    }
    if (this.#isNativeRoot(callee)) return this.#native(node, given, to);
    if (callee.type === 'MemberExpression') {
      const receivers = this.#value(callee['object'], context);
      const name = nameOf(callee['property'], callee['computed']);
      const self = callee['object'].type === 'Super' ? context.self : receivers;
      this.#value(callee, context).each((value) => {
        // What native code gives stands for all of its properties: as a receiver it is looked at below.
        if (value.code || !receivers.values.has(value)) this.#invoke(value, given, self, to);
      });
      if (CALLING.test(name ?? '')) for (const input of inputs) this.#resultsOf(input).flowsTo(to);
      return receivers.each((receiver) => this.#method(receiver, name, receivers, given, to));
    }
    this.#value(callee, context).each((value) => this.#invoke(value, given, this.#nothing, to));
  }

  /** Global functions, those of packages, methods of text. */
  #native(node: Node, { inputs }: Arguments, to: Place): void {
    const result = this.#valueOf(node, true);
    to.add(result);
    result.elements.flowsTo(to);
    for (const input of inputs) this.#handOver(input, result.elements, result);
    result.elements.each((value) => {
      if (!value.code) value.all().flowsTo(result.elements);
    });
  }

  /** `input` is given to native code, which keeps it at `to` and may call it. */
  #handOver(input: Place, to: Place, owner: Value): void {
    input.flowsTo(to);
    this.#callBack(input, owner);
  }

  #callBack(input: Place, owner: Value): void {
    input.each((value) => {
      if (!value.code) return;
      const code = this.#codeOf(value.code);
      for (const place of code.inputs) {
        place.add(owner);
        owner.all().flowsTo(place);
      }
      code.result.flowsTo(owner.elements);
    });
  }

  #resultsOf(input: Place): Place {
    const results = this.#place();
    input.each(({ code }) => code && this.#codeOf(code).result.flowsTo(results));
    return results;
  }

  #construct(cls: Value, given: Arguments, self: Place, to: Place): void {
    if (!cls.code) return this.#invoke(cls, given, self, to);
    if (isFunction(cls.code)) return this.#invoke(cls, given, self, to);
    self.flowsTo(this.#codeOf(cls.code).self);
    const own = (cls.code['body'].body as Node[]).find(({ kind }) => kind === 'constructor');
    if (own) this.#invoke(this.#valueOf(own['value']), given, self, to);
    else cls.parents.each((base) => this.#construct(base, given, self, to));
  }

  #invoke(callee: Value, given: Arguments, self: Place, to: Place): void {
    if (!callee.code) {
      if (!callee.isNative) return;
      for (const input of given.inputs) this.#handOver(input, callee.elements, callee);
      to.add(callee);
      return callee.elements.flowsTo(to);
    }
    if (!isFunction(callee.code)) return;
    const code = this.#codeOf(callee.code);
    self.flowsTo(code.self);
    code.result.flowsTo(to);
    for (const input of given.inputs) input.flowsTo(code.every);
    code.parameters.forEach((parameter, index) => {
      const place = code.inputs[index]!;
      if (parameter.type === 'RestElement') {
        const rest = this.#valueOf(parameter);
        place.add(rest);
        for (const input of given.inputs.slice(index)) input.flowsTo(rest.elements);
      } else given.inputs[index]?.flowsTo(place);
      if (given.spread >= 0) for (const input of given.inputs.slice(given.spread)) input.flowsTo(place);
    });
  }

  /** What a built-in method `name` of `receiver` may do. */
  #method(receiver: Value, name: string | undefined, receivers: Place, given: Arguments, to: Place): void {
    const { inputs } = given;
    if (receiver.code && isFunction(receiver.code) && /^(call|apply|bind)$/.test(name ?? '')) {
      const self = inputs[0] ?? this.#nothing;
      const rest = name === 'apply' ? inputs.slice(1).map((list) => this.#elementsOf(list)) : inputs.slice(1);
      this.#invoke(receiver, { inputs: rest, spread: name === 'apply' ? 0 : -1 }, self, to);
      if (name === 'bind') to.add(receiver);
      return;
    }
    if (receiver.code) {
      // A promise or a generator is told by what it gives.
      if (!PASSING.test(name ?? '')) return;
      to.add(receiver);
      for (const input of inputs)
        input.each(({ code }) => {
          if (code) for (const place of this.#codeOf(code).inputs) receivers.flowsTo(place);
        });
      return;
    }
    to.add(receiver);
    receiver.all().flowsTo(to);
    for (const input of inputs) {
      if (CALLING.test(name ?? '')) this.#callBack(input, receiver);
      else this.#handOver(input, receiver.elements, receiver);
    }
  }
}

interface Arguments {
  readonly inputs: readonly Place[];
  /** Index of the first spread argument, or -1. */
  readonly spread: number;
}

/** Where `object` keeps its property; undefined: a name known at run time only. */
function slot(object: Value, name: string | undefined): Place {
  return name === undefined ? object.elements : object.field(name);
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
