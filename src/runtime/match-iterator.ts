/** `matchAll`: the RegExp String Iterator (ECMA-262 22.2.9) as data, made by `String.prototype.matchAll` and `RegExp.prototype[Symbol.matchAll]`. */
import { types } from 'node:util';
import { callForm, setForm } from './built-in-forms.ts';
import { shapeKind } from './iterator-constructor.ts';
import { isObject } from './iterator-protocol.ts';
import { notCallable } from './iterator-stepping.ts';

const stringMatchAll = String.prototype.matchAll as Function;
const regExpMatchAll = RegExp.prototype[Symbol.matchAll] as Function;
const builtInExec = RegExp.prototype.exec as Function;
const nativePrototype = Object.getPrototypeOf(''.matchAll(/x/g)) as { readonly next: Function };

export class MatchIterator {
  #matcher: object;
  #text: string;
  #global: boolean;
  #unicode: boolean;
  #done = false;

  constructor(matcher: object, text: string, flags: string) {
    this.#matcher = matcher;
    this.#text = text;
    this.#global = flags.includes('g');
    this.#unicode = flags.includes('u') || flags.includes('v');
  }

  static is(value: unknown): value is MatchIterator {
    return isObject(value) && #matcher in value;
  }

  static read(iterator: MatchIterator): unknown[] {
    return [iterator.#matcher, iterator.#text, iterator.#global, iterator.#unicode, iterator.#done];
  }

  /** False if the fields cannot be right. */
  static write(iterator: MatchIterator, fields: readonly unknown[]): boolean {
    const [matcher, text, global, unicode, done] = fields;
    if (!isObject(matcher) || typeof text !== 'string') return false;
    iterator.#matcher = matcher;
    iterator.#text = text;
    iterator.#global = global === true;
    iterator.#unicode = unicode === true;
    iterator.#done = done === true;
    return true;
  }

  /** An exception of the matcher does not end it, as in V8. */
  static advance(iterator: MatchIterator): IteratorResult<unknown> {
    if (iterator.#done) return { value: undefined, done: true };
    const matcher = iterator.#matcher as { lastIndex: unknown };
    const match = exec(matcher, iterator.#text);
    if (match === null) {
      iterator.#done = true;
      return { value: undefined, done: true };
    }
    if (!iterator.#global) iterator.#done = true;
    else if (String((match as { 0?: unknown })[0]) === '') {
      const index = toLength(matcher.lastIndex);
      matcher.lastIndex = index + (iterator.#unicode && isPairAt(iterator.#text, index) ? 2 : 1);
    }
    return { value: match, done: false };
  }
}

shapeKind(MatchIterator.prototype, 'RegExp String Iterator', {
  next(this: unknown): unknown {
    return MatchIterator.is(this)
      ? MatchIterator.advance(this)
      : Reflect.apply(nativePrototype.next, this, []);
  },
});

/** RegExpExec. */
function exec(matcher: object, text: string): object | null {
  const method: unknown = (matcher as { exec?: unknown }).exec;
  const result: unknown = Reflect.apply(typeof method === 'function' ? method : builtInExec, matcher, [text]);
  if (result !== null && !isObject(result))
    throw new TypeError('RegExp exec method returned something other than an Object or null');
  return result;
}

function isPairAt(text: string, index: number): boolean {
  return index + 1 < text.length && text.codePointAt(index)! > 0xffff;
}

/** ToLength. */
function toLength(value: unknown): number {
  return Math.min(Math.max(0, Math.trunc(+(value as number) || 0)), Number.MAX_SAFE_INTEGER);
}

/** SpeciesConstructor with %RegExp%. */
function speciesOf(pattern: object): new (pattern: any, flags: string) => { lastIndex: number } {
  const constructor: unknown = (pattern as { constructor?: unknown }).constructor;
  if (constructor === undefined) return RegExp;
  if (!isObject(constructor)) throw new TypeError('The .constructor property is not an object');
  const species: unknown = (constructor as { [Symbol.species]?: unknown })[Symbol.species];
  if (species === undefined || species === null) return RegExp;
  if (typeof species !== 'function')
    throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  return species as typeof RegExp;
}

/** RegExp.prototype [ %Symbol.matchAll% ] ( string ). */
function matchAll(pattern: object, value: unknown): MatchIterator {
  const text = `${value as string}`;
  const Species = speciesOf(pattern);
  const flags = `${(pattern as { flags: string }).flags}`;
  const matcher = new Species(pattern, flags);
  matcher.lastIndex = toLength((pattern as { lastIndex: unknown }).lastIndex);
  return new MatchIterator(matcher, text, flags);
}

setForm(regExpMatchAll, (receiver: unknown, args) =>
  isObject(receiver)
    ? matchAll(receiver, args[0])
    : (Reflect.apply(regExpMatchAll, receiver, args) as unknown),
);

setForm(stringMatchAll, (receiver: unknown, args) => {
  const [pattern] = args;
  if (receiver === undefined || receiver === null)
    return Reflect.apply(stringMatchAll, receiver, args) as unknown;
  if (pattern !== undefined && pattern !== null) {
    if (isObject(pattern)) checkGlobal(pattern);
    const matcher: unknown = (pattern as { [Symbol.matchAll]?: unknown })[Symbol.matchAll];
    if (matcher !== undefined && matcher !== null) {
      if (typeof matcher !== 'function') throw notCallable(matcher);
      return callForm(matcher, pattern, [receiver]);
    }
  }
  const text = `${receiver as string}`;
  const regExp = new RegExp(pattern === undefined ? '' : `${pattern as string}`, 'g');
  return callForm(regExp[Symbol.matchAll] as Function, regExp, [text]);
});

/** A regular expression must be a global one. */
function checkGlobal(pattern: object): void {
  const flag: unknown = (pattern as { [Symbol.match]?: unknown })[Symbol.match];
  if (flag === undefined ? !types.isRegExp(pattern) : !flag) return;
  const { flags } = pattern as { flags?: unknown };
  if (flags === undefined || flags === null)
    throw new TypeError(
      'The .flags property of the argument to String.prototype.matchAll cannot be null or undefined',
    );
  if (!`${flags as string}`.includes('g'))
    throw new TypeError('String.prototype.matchAll called with a non-global RegExp argument');
}
