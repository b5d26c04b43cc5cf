/**
 * How functions, classes and objects move through calls and reads: into the bundle's own functions, and through native code, which
 * may keep what it is given, may call it, and may give it back.
 */
import { isFunction, type Node } from '../ast.ts';
import { Place, Value, Work } from './flow-values.ts';

/** Built-in methods that call their argument and keep nothing. */
export const CALLING =
  /^(map|filter|forEach|reduce|reduceRight|some|every|find|findIndex|findLast|findLastIndex|flatMap|sort|toSorted|replace|replaceAll|then|catch|finally)$/;

/** Methods of promises and iterators whose result, or whose callback, has what they give. */
const PASSING =
  /^(then|catch|finally|next|return|throw|take|drop|filter|toArray|reduce|find|map|forEach|some|every|flatMap)$/;

/** What a call reaches. */
export interface Code {
  readonly parameters: readonly Node[];
  readonly self: Place;
  readonly result: Place;
  readonly inputs: Place[];
  /** All that is given; of functions that use `arguments`. */
  readonly every: Place;
}

export interface Arguments {
  readonly inputs: readonly Place[];
  /** Index of the first spread argument, or -1. */
  readonly spread: number;
  /** Classes whose constructors this call has reached. */
  readonly constructed: Set<Value>;
}

/** Where `object` keeps its property; undefined: a name known at run time only. */
export function slot(object: Value, name: string | undefined): Place {
  return name === undefined ? object.elements : object.field(name);
}

export class FlowGraph {
  readonly work = new Work();
  readonly nothing = new Place(this.work);
  readonly #values = new Map<Node, Value>();
  readonly #codes = new Map<Node, Code>();

  place(): Place {
    return new Place(this.work);
  }

  valueOf(node: Node, isNative = false): Value {
    let value = this.#values.get(node);
    if (value === undefined) {
      const isCode = isFunction(node) || node.type.startsWith('Class');
      value = new Value(this.work, isCode ? { code: node } : { isNative });
      this.#values.set(node, value);
    }
    return value;
  }

  codeOf(node: Node): Code {
    let code = this.#codes.get(node);
    if (code === undefined) {
      const inputs: Place[] = [];
      const parameters = (node['params'] ?? []) as Node[];
      code = { parameters, self: this.place(), result: this.place(), inputs, every: this.place() };
      for (let index = 0; index < parameters.length; index++) inputs.push(this.place());
      this.#codes.set(node, code);
    }
    return code;
  }

  read(from: Place, name: string | undefined): Place {
    const result = this.place();
    from.each((value) => {
      if (name === 'prototype' && value.code) result.add(value.prototype);
      // The result of an iterator, of which nothing is told apart from its elements.
      if (name === 'value') result.add(value);
      (name === undefined ? value.all() : value.read(name)).flowsTo(result);
    });
    return result;
  }

  elementsOf(from: Place): Place {
    const result = this.place();
    // A generator is told by what it yields.
    from.flowsTo(result);
    from.each((value) => value.all().flowsTo(result));
    return result;
  }

  /** What promises made by native code give. */
  elementsOfPromises(from: Place): Place {
    const result = this.place();
    from.each((value) => {
      if (!value.code && value.isNative) value.elements.flowsTo(result);
    });
    return result;
  }

  /** Global functions, those of packages, methods of text. */
  native(node: Node, { inputs }: Arguments, to: Place): void {
    const result = this.valueOf(node, true);
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
      const code = this.codeOf(value.code);
      for (const place of code.inputs) {
        place.add(owner);
        owner.all().flowsTo(place);
      }
      code.result.flowsTo(owner.elements);
    });
  }

  resultsOf(input: Place): Place {
    const results = this.place();
    input.each(({ code }) => code && this.codeOf(code).result.flowsTo(results));
    return results;
  }

  construct(cls: Value, given: Arguments, self: Place, to: Place): void {
    if (given.constructed.has(cls)) return;
    given.constructed.add(cls);
    if (!cls.code || isFunction(cls.code)) return this.invoke(cls, given, self, to);
    self.flowsTo(this.codeOf(cls.code).self);
    const own = (cls.code['body'].body as Node[]).find(({ kind }) => kind === 'constructor');
    if (own) this.invoke(this.valueOf(own['value']), given, self, to);
    else cls.parents.each((base) => this.construct(base, given, self, to));
  }

  invoke(callee: Value, given: Arguments, self: Place, to: Place): void {
    if (!callee.code) {
      if (!callee.isNative) return;
      for (const input of given.inputs) this.#handOver(input, callee.elements, callee);
      to.add(callee);
      return callee.elements.flowsTo(to);
    }
    if (!isFunction(callee.code)) return;
    const code = this.codeOf(callee.code);
    self.flowsTo(code.self);
    code.result.flowsTo(to);
    for (const input of given.inputs) input.flowsTo(code.every);
    code.parameters.forEach((parameter, index) => {
      const place = code.inputs[index]!;
      if (parameter.type === 'RestElement') {
        const rest = this.valueOf(parameter);
        place.add(rest);
        for (const input of given.inputs.slice(index)) input.flowsTo(rest.elements);
      } else given.inputs[index]?.flowsTo(place);
      if (given.spread >= 0) for (const input of given.inputs.slice(given.spread)) input.flowsTo(place);
    });
  }

  /** What a built-in method `name` of `receiver` may do. */
  method(receiver: Value, name: string | undefined, receivers: Place, given: Arguments, to: Place): void {
    const { inputs } = given;
    if (receiver.code && isFunction(receiver.code) && /^(call|apply|bind)$/.test(name ?? '')) {
      const self = inputs[0] ?? this.nothing;
      const rest = name === 'apply' ? inputs.slice(1).map((list) => this.elementsOf(list)) : inputs.slice(1);
      this.invoke(
        receiver,
        { inputs: rest, spread: name === 'apply' ? 0 : -1, constructed: new Set() },
        self,
        to,
      );
      if (name === 'bind') to.add(receiver);
      return;
    }
    if (receiver.code) {
      // A promise or a generator is told by what it gives.
      if (!PASSING.test(name ?? '')) return;
      to.add(receiver);
      for (const input of inputs)
        input.each(({ code }) => {
          if (code) for (const place of this.codeOf(code).inputs) receivers.flowsTo(place);
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
