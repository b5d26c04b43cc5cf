/**
 * Names in snapshots, from those of one version to those of another. The numbers in them change; what they stand for must not.
 * Names of the runtime, of built-ins and of imports mean the same in every version.
 */
import type { Realm } from '../realm.ts';
import type { FunctionMatches } from './match-functions.ts';
import type { Refusals } from './refusals.ts';

/** Names whose first part belongs to the bundle. */
const OF_BUNDLE = /^(fn|class|symbol|template|meta|module|prototype):(.*)$/s;

export class NameTranslation {
  readonly #from: Realm;
  readonly #to: Realm;
  readonly #matches: FunctionMatches;
  readonly #refusals: Refusals;
  /** Class numbers of the old code, by prototype object of the new. */
  readonly classes = new Map<object, number>();

  constructor(from: Realm, to: Realm, matches: FunctionMatches, refusals: Refusals) {
    this.#from = from;
    this.#to = to;
    this.#matches = matches;
    this.#refusals = refusals;
  }

  /** What `name` stands for in the new realm. If nothing does, that is noted, and it is what the old realm has. */
  resolve(name: string): object | symbol | undefined {
    const [, kind, rest] = OF_BUNDLE.exec(name) ?? [];
    if (kind === undefined) return this.#other(name);
    const found =
      kind === 'fn' || kind === 'class' ? this.#numbered(kind, rest!) : this.#unnumbered(kind, rest!);
    return found ?? this.#from.named(name);
  }

  #other(name: string): object | symbol | undefined {
    const value = this.#to.named(name);
    if (value !== undefined) return value;
    const [, specifier, exported] = /^import:([^#]*)(?:#(.*))?$/s.exec(name) ?? [];
    const what =
      specifier === undefined
        ? name
        : exported === undefined
          ? `module ${specifier}`
          : `${exported} of ${specifier}`;
    this.#refusals.add(
      what,
      specifier === undefined ? 'the new code has nothing of this name' : 'the new code does not import it',
    );
    return this.#from.named(name);
  }

  /** `fn:3`, `class:5`, `class:5.prototype`, `class:5#static:value:make`. */
  #numbered(kind: 'fn' | 'class', rest: string): object | symbol | undefined {
    const [, digits, part] = /^(\d+)(.*)$/s.exec(rest) ?? [];
    if (digits === undefined) return undefined;
    const id = Number(digits);
    const match = this.#matches.find(id);
    const what = kind === 'fn' ? 'function' : 'class';
    if ('reason' in match) {
      this.#refusals.addFunction(id, match.reason, what);
      return undefined;
    }
    const value = this.#to.named(`${kind}:${match.id}${part}`);
    if (value === undefined) {
      const [, side, , member] = /^#(static|proto):(value|get|set):(.*)$/s.exec(part!) ?? [];
      const reason =
        member === undefined
          ? 'it is now made again and again'
          : `it has no ${side === 'static' ? 'static ' : ''}member ${member} any more`;
      this.#refusals.addFunction(id, reason, what);
      return undefined;
    }
    if (kind === 'class') this.#noteClass(match.id, id);
    return value;
  }

  /** Whatever is held of a class, its instances may be held, or classes that extend it. */
  #noteClass(now: number, old: number): void {
    const prototype = this.#to.named(`class:${now}.prototype`);
    if (typeof prototype === 'object') this.classes.set(prototype, old);
  }

  #unnumbered(kind: string, rest: string): object | symbol | undefined {
    if (kind === 'symbol') return this.#symbol(rest);
    if (kind === 'template') return this.#template(`template:${rest}`);
    if (kind === 'meta') return this.#meta(Number(rest));
    this.#refusals.add(
      kind === 'module' ? 'module namespace' : `object ${kind}:${rest}`,
      'it cannot be told which one of the new code it is',
    );
    return undefined;
  }

  /** Made at module level, they are numbered; a description that only one of them has tells which it is. */
  #symbol(rest: string): object | symbol | undefined {
    const name = `symbol:${rest}`;
    if (!/^\d+$/.test(rest)) return this.#to.named(name);
    const wanted = this.#from.named(name);
    const description = typeof wanted === 'symbol' ? wanted.description : undefined;
    const like = (realm: Realm): (object | symbol)[] =>
      [...realm.namedWith('symbol:')]
        .filter(
          ([key, value]) =>
            /^symbol:\d+$/.test(key) && typeof value === 'symbol' && value.description === description,
        )
        .map(([, value]) => value);
    const found = like(this.#to);
    if (description !== undefined && found.length === 1 && like(this.#from).length === 1) return found[0];
    this.#refusals.add(
      `Symbol(${description ?? ''})`,
      'it cannot be told which symbol of the new code it is',
    );
    return undefined;
  }

  /** The strings of a tagged template; only one template of each version may have them. */
  #template(name: string): object | symbol | undefined {
    const isRaw = name.endsWith('.raw');
    const content = JSON.stringify(this.#from.named(name));
    const like = (realm: Realm): (object | symbol)[] =>
      [...realm.namedWith('template:')]
        .filter(([key, value]) => key.endsWith('.raw') === isRaw && JSON.stringify(value) === content)
        .map(([, value]) => value);
    const found = like(this.#to);
    if (found.length === 1 && like(this.#from).length === 1) return found[0];
    this.#refusals.add(
      'template',
      `the new code has ${found.length === 0 ? 'none' : 'several'} with these strings: ${content.slice(0, 60)}`,
    );
    return undefined;
  }

  #meta(source: number): object | symbol | undefined {
    const path = this.#from.bundle.sources[source];
    const index = path === undefined ? -1 : this.#to.bundle.sources.indexOf(path);
    const value = this.#to.named(`meta:${index}`);
    if (value === undefined)
      this.#refusals.add('import.meta', `${path ?? 'its module'} does not use it any more`);
    return value;
  }
}
