/**
 * The frame ABI: the one place where compiler and runtime meet. The compiler emits calls to these names, the runtime
 * implements them, `bundle.ts` (below) is what passes from one to the other. Change it only together with ABI_VERSION.
 *
 * ## A bundle
 * `bundle.code` is one function expression in strict mode: `(function ($w, $modules, ...globals) { ... })`.
 * `$w` is a FrameAbi made for one realm (one evaluation of the bundle), `$modules` maps each specifier in `bundle.imports`
 * to its namespace object, `globals` are the values of the names in `bundle.globals`. It returns the exports of the entry.
 *
 * ## A function with suspension points
 *     async function pay(request) {            // as the author wrote it
 *       const token = await tokenise(request.card);
 *       return token.length + request.amount;
 *     }
 * becomes
 *     function pay(request) { return $start($f3, [request]); }        // same name, same length
 *     $resume($f3, { pay: ($frame, $slots, $at) => {
 *       let request, token;
 *       switch ($at) { case 0: case 1: request = $slots[0]; }          // reload what is live at this position
 *       if ($at === 0) { const $value = tokenise(request.card); return ($at = -1), $await($frame, $value, 1, [request]); }
 *       $at = 0; token = $take($frame);
 *       return token.length + request.amount;
 *     } });
 * `$at`: 0 running (or just started), n > 0 on the way back to suspension point n, -1 leaving because of a suspension
 * (`finally` blocks look at it). The array given to `$await` holds exactly the variables that are live there.
 * It belongs to the frame alone, and is given back as `$slots`: the code may put new values into it and give it again.
 *
 * ## Closures
 * A closure made inside a function is made by a factory, so that it can be made again after a restore:
 *     function $make7(n, name) { const bump = () => `${name} ${++n.v}`; return $closure(bump, $f7, [n, name]); }
 *     $factory($f7, $make7)
 * A closure remembers whose turn it was when it was made, and enters that instance when it is called outside of its turn:
 *     function $make7(n) { const $of = $turn.of; return $closure((k) => {
 *       if ($of !== $turn.of && $of !== void 0) return $within($of, $f7, [n], void 0, [k]); ... }, $f7, [n]); }
 * Its cells are the captured variables: a Box (shared, mutable) or, for a variable that never changes after the closure
 * is made, the value itself. Async closures put their cells first into the slots: `$start($f9, [n, request])`.
 *
 * ## Module level
 * Functions and classes declared once at module level are found again by name, not made again: `$singleton($f3, pay)`,
 * `$class($f5, Order, ...)`. `$state(read, write)` gives the runtime the mutable module-level variables, which belong to the instance.
 */

/**
 * A runtime runs bundles of its own version and of all earlier ones, because stores keep them for as long as their instances live.
 * Hence entries are only ever added. Raised when a bundle may use what earlier runtimes do not have: those refuse it.
 */
export const ABI_VERSION = 2;

/** Returned by a resume function that has suspended instead of finished. */
export const SUSPENDED: unique symbol = Symbol('waymark.suspended');

/** Value of a binding before its declaration has run (temporal dead zone). */
export const UNSET: unique symbol = Symbol('waymark.unset');

/** `at`: the suspension point to go on from, 0 to start. Returns the function's result, or SUSPENDED. */
export type ResumeFunction = (frame: any, slots: readonly unknown[], at: number) => unknown;

/** Iteration of a `for-of` that contains a suspension point. All state is capturable when the iterable is. */
export interface Iteration {
  /** Advances; false at the end. An exception of the iterator passes through, and `close` does nothing afterwards. */
  next(): boolean;
  /** The current element, after `next()` returned true. */
  readonly value: unknown;
  /** IteratorClose for a normal or return/break completion: calls `return()`, lets its exception through, checks for an object. Nothing at the end. */
  close(): void;
  /** IteratorClose for a throw completion: calls `return()`, swallows its exception. Nothing at the end. */
  fail(): void;
}

/** A `for await`. All state is capturable when the iterator is. */
export interface AsyncIteration {
  /** Asks for the next element; its result is awaited and given to `step`. */
  next(): unknown;
  /** False at the end. */
  step(result: unknown): boolean;
  readonly value: unknown;
  /** AsyncIteratorClose, up to its Await: true if `closing()` must be awaited and given to `closed`, a rejection to `failed`. */
  close(failing: boolean): boolean;
  closing(): unknown;
  closed(result: unknown): void;
  failed(error: unknown): void;
}

/** A `yield*`. */
export interface Delegation {
  /** Asks the inner iterator. True: the result object that `take()` gives is passed on, then `receive()`. False: it has ended. */
  advance(): boolean;
  /** Right after the generator was resumed. */
  receive(): void;
  /** The generator must return the value of `take()`. */
  readonly returning: boolean;
  take(): unknown;
}

/** A `yield*` of an async generator. */
export interface AsyncDelegation extends Omit<Delegation, 'advance'> {
  /** Asks the inner iterator; its result is awaited and given to `answer`. */
  ask(): unknown;
  /** True: the value that `take()` gives is handed over, then `receive()`. False: it has ended. */
  answer(answer: unknown): boolean;
}

/** Resources of `using` / `await using` declarations of one block (ECMA-262 DisposeCapability). */
export interface Disposal {
  /** AddDisposableResource: checks the method now, remembers it; returns `value`. */
  add(value: unknown, hint: 'sync' | 'async'): unknown;
  /** Records a throw completion (later ones wrap earlier ones in SuppressedError). */
  fail(error: unknown): void;
  /** DisposeResources for a block with only `using`. Errors are recorded. */
  disposeAll(): void;
  /** True while a step of an async disposal is left (including the bare Await that a null `await using` asks for). */
  more(): boolean;
  /** Calls the next resource's method (last added first) and returns what must be awaited; sync failures are recorded. */
  next(): unknown;
  /** Throws the recorded error, if any. */
  finish(): void;
}

export interface FrameAbi {
  readonly SUSPENDED: typeof SUSPENDED;
  readonly UNSET: typeof UNSET;
  /** `new $Box(value)`: a captured variable. Property `v`. */
  readonly Box: new (value: unknown) => { v: unknown };

  /** The bundle's function records, ids 0 to count - 1. Called once, first. */
  functions(count: number): FunctionHandle[];
  /** Gives a function its body; `named` has one property, whose key is the function's name. */
  resume(fn: FunctionHandle, named: Record<string, ResumeFunction>): void;
  /** The factory of a closure's function: `(...cells) => closure`. */
  factory(fn: FunctionHandle, make: (...cells: any[]) => object): void;
  /** Marks a fresh closure with its function and cells; returns it. Invisible to the author. */
  closure<F extends object>(value: F, fn: FunctionHandle, cells: readonly unknown[]): F;
  /** Registers a function object that exists once per realm; returns it. */
  singleton<F extends object>(fn: FunctionHandle, value: F): F;
  /**
   * Registers a class that exists once per realm, with all its methods and accessors; returns it. `privates` is given when the class
   * declares private fields. While the runtime re-creates an instance `restoring.active` is true: emitted constructors then skip their body
   * (derived ones call `super()` only) and field initialisers give undefined.
   */
  class<C extends object>(
    fn: FunctionHandle,
    value: C,
    privates?: { read(o: any): unknown[]; write(o: any, values: readonly unknown[]): void },
  ): C;
  readonly restoring: { active: boolean };
  /**
   * Marks a class that is made at run time with its function and cells, first thing in its body; returns it. `privates` as for `class`;
   * `statics`: access to its private static fields, whose `Statics` is the last cell; `kit`: factories and resume functions that use its
   * private names. While `restoring.active`, static initialisers give undefined and static blocks do nothing.
   */
  classClosure<C extends Function>(
    value: C,
    fn: FunctionHandle,
    cells: readonly unknown[],
    access: {
      readonly privates?: { read(o: any): unknown[]; write(o: any, values: readonly unknown[]): void };
      readonly statics?: { read(): unknown[]; write(values: readonly unknown[]): void };
      readonly kit?: Readonly<Record<string, any>>;
    },
  ): C;
  /** The kit of a class made at run time. */
  kit(value: object): Readonly<Record<string, any>>;
  /** Stands for the private static fields of one class made at run time. */
  readonly Statics: new () => object;
  /** A module namespace object with live getters, registered under `name`. */
  namespace(name: string, getters: Record<string, () => unknown>): object;
  /** `import(specifier)` of a native module. */
  import(specifier: unknown): Promise<object>;
  /** Calls `fn` with `receiver` and `args`; TypeError "text is not a function" if it is none. */
  call(fn: unknown, receiver: unknown, args: readonly unknown[], text: string): unknown;
  /** `new fn(...args)`; TypeError "text is not a constructor" if it is none. */
  construct(fn: unknown, args: readonly unknown[], text: string): object;
  /** A value to be destructured by a pattern whose first property is `name`; the usual TypeError for null and undefined. */
  destructured(value: unknown, name: string): unknown;
  /** Registers an object that exists once per realm under a name (template objects, constants); returns it. */
  named<T extends object>(name: string, value: T): T;
  /** Says that `value`, a private method, is a part of the class `owner`; returns it. */
  part<T extends object>(owner: object, name: string, value: T): T;
  /**
   * Access to the changes of a function or class at module level, and of its prototype object, from now on. With `refused`, its name: `read`
   * throws if there are any.
   */
  watch(value: object | undefined, refused?: string): { read(): unknown; write(changes: unknown): void };
  /** The mutable module-level variables of the bundle, in the order of `bundle.state`. */
  state(read: () => unknown[], write: (values: readonly unknown[]) => void): void;

  /**
   * Whose turn it is: `of` stands for the instance whose code runs. A closure keeps the `of` with which it was made (`$of`); one that is
   * called in another turn, by native code or by another instance, enters its own first.
   */
  readonly turn: { readonly of: object | undefined };
  /** `start` for a closure made in the turn of `of`. */
  startIn(of: object | undefined, fn: FunctionHandle, slots: readonly unknown[]): object;
  /** Calls a closure without suspension points again, in the turn of `of`: `fn` itself, or its handle, of which it is made again. */
  within(
    of: object,
    fn: FunctionHandle | Function,
    cells: readonly unknown[],
    receiver: unknown,
    args: ArrayLike<unknown>,
    newTarget?: Function,
  ): unknown;

  /** Makes a frame, runs it to its first suspension or its end; returns its promise. Never throws. */
  start(fn: FunctionHandle, slots: readonly unknown[]): object;
  /** Suspends `frame` at point `at` until `value` settles (ECMA-262 Await). */
  await(frame: any, value: unknown, at: number, slots: readonly unknown[]): typeof SUSPENDED;
  /** Makes a function object a generator function: prototype chain, own `prototype`. Returns it. */
  generator<F extends object>(fn: FunctionHandle, value: F): F;
  /** The same for the method `key` of a class. */
  generatorMethod(fn: FunctionHandle, holder: object, key: PropertyKey): void;
  /** The same for a class that is made at run time; returns the method. */
  generatorPart(fn: FunctionHandle, holder: object, key: PropertyKey): object | undefined;
  /** A generator object; `callee` is the function object when it is a closure. */
  generate(fn: FunctionHandle, slots: readonly unknown[], callee?: object): object;
  /** The same; the code binds the parameters first and then calls `initial`. */
  bindAndGenerate(fn: FunctionHandle, slots: readonly unknown[], callee?: object): object;
  /** Parameters are bound; the first `next` goes on at point `at`. */
  initial(frame: any, at: number, slots: readonly unknown[]): typeof SUSPENDED;
  /** `yield value`; in async generators (`asyncYield`) the value is awaited first. */
  yield(frame: any, value: unknown, at: number, slots: readonly unknown[]): typeof SUSPENDED;
  asyncYield(frame: any, value: unknown, at: number, slots: readonly unknown[]): typeof SUSPENDED;
  /** Of `yield*`: hands over what `take()` of the delegation gives; in async generators its value is given. */
  pass(frame: any, delegation: Delegation, at: number, slots: readonly unknown[]): typeof SUSPENDED;
  asyncPass(frame: any, value: unknown, at: number, slots: readonly unknown[]): typeof SUSPENDED;
  /** First thing after a `yield`: the value given to `next`; throws what was given to `throw`. */
  received(): unknown;
  /** After `received`: `return` was called, with the value that `returned` gives. */
  returning(): boolean;
  returned(): unknown;
  delegate(iterable: unknown): Delegation;
  delegateAsync(iterable: unknown): AsyncDelegation;
  /** `for await`. */
  iterateAsync(iterable: unknown, text?: string): AsyncIteration;
  /** What the wait of `frame` gave: returns the value or throws the reason. */
  take(frame: any): unknown;

  /** `value` unless it is UNSET: then ReferenceError "Cannot access 'name' before initialization". */
  checked(value: unknown, name: string): unknown;
  /** TypeError "Assignment to constant variable." */
  constant(name: string): never;
  /** `text`: how an error names the iterable. */
  iterate(iterable: unknown, text?: string): Iteration;
  /** `for-in` over `value` (null and undefined: nothing): keys as ECMAScript enumerates them, deleted ones skipped. `value` is the key. */
  enumerate(value: unknown): Iteration;
  disposal(): Disposal;
  /** Destructuring: array patterns `[a, , ...rest]` take from an Iteration: next value or undefined. */
  step(iteration: Iteration): unknown;
  /** All that is left of an iteration, as an array. */
  rest(iteration: Iteration): unknown[];
  /** Object rest: own enumerable properties of `value` except `keys` (property keys, already ToPropertyKey). */
  omit(value: unknown, keys: readonly PropertyKey[]): object;
  /** RequireObjectCoercible, with the usual TypeError; returns the value. */
  coercible(value: unknown): unknown;
  /** ECMA-262 SetFunctionName with a computed key; `prefix` is '', 'get' or 'set'. Returns `fn`. */
  nameFunction<F extends object>(fn: F, key: PropertyKey, prefix: string): F;
  /** ToPropertyKey. */
  key(value: unknown): PropertyKey;
  /** `super[key]` in code that left its method; `home` is the object whose prototype is meant (ECMA-262 GetSuperBase). */
  superGet(home: object, key: PropertyKey, receiver: unknown): unknown;
  superSet(home: object, key: PropertyKey, value: unknown, receiver: unknown): unknown;
  /** `target.method()` for `keys`, `values`, `entries` and Symbol.iterator: of a built-in collection the result can be captured. */
  iterator(target: any, method: PropertyKey): unknown;
  /**
   * `target[key]` of a method whose native result no snapshot can hold (`matchAll`, `segment` ...), to be called at once; `text`: how an
   * error names it.
   */
  method(target: any, key: PropertyKey, text: string): (...args: unknown[]) => unknown;
  /** `Symbol(description)`: a symbol that a snapshot can hold. */
  symbol(description: unknown): symbol;
  /** `target.bind(...args)`: when it is Function.prototype.bind of a function, the result can be captured. */
  bind(target: any, args: readonly unknown[]): unknown;
  /** Replaces property `name` (a placeholder, made so to keep the order) by an enumerable accessor; returns `object`. */
  accessor<T extends object>(
    object: T,
    name: PropertyKey,
    get: (() => unknown) | undefined,
    set: ((value: unknown) => void) | undefined,
  ): T;

  /** Stand in for the globals of the same name in durable modules. */
  readonly Promise: PromiseConstructor;
  readonly Iterator: IteratorConstructor;
  readonly DisposableStack: unknown;
  readonly AsyncDisposableStack: unknown;
  readonly setTimeout: unknown;
  readonly clearTimeout: unknown;
  readonly setInterval: unknown;
  readonly clearInterval: unknown;
  readonly setImmediate: unknown;
  readonly clearImmediate: unknown;
  readonly queueMicrotask: unknown;
  readonly Proxy: unknown;
  readonly WeakRef: unknown;
  readonly FinalizationRegistry: unknown;
  readonly AbortSignal: unknown;
}

/** One function or class of a realm. The compiler only passes it around. */
export interface FunctionHandle {
  readonly id: number;
}

/** The globals that the bundle takes from the ABI instead of the surrounding global object. */
export const REPLACED_GLOBALS = [
  'Promise',
  'Iterator',
  'DisposableStack',
  'AsyncDisposableStack',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'queueMicrotask',
  'Proxy',
  'WeakRef',
  'FinalizationRegistry',
  'AbortSignal',
] as const;
