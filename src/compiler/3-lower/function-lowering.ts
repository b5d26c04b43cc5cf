/**
 * The state of lowering one function: how its variables read in the generated code, which temporaries it has, and
 * which constructs surround the place being lowered.
 *
 * Invariants:
 * 1. In a function with suspension points every variable has a name of its own, so that a name stands for one variable.
 * 2. `hoisted` lists the variables declared at the top of the resume function; all others are declared where the author did.
 */
import type { Binding, BindingKind, FunctionInfo } from '../2-analyze/model.ts';
import { needsCheck } from '../2-analyze/captures.ts';
import type { Node } from '../ast.ts';
import type { Position } from '../../bundle.ts';
import { kindOf, kitClass, type ModuleOutput, storageName } from './bundle-output.ts';
import { call, identifier, literal, member, type Expression } from './builders.ts';
import type { Completion, Jump, JumpFrame } from './jumps.ts';

const ALWAYS_HOISTED: ReadonlySet<BindingKind> = new Set([
  'var',
  'param',
  'this',
  'self',
  'arguments',
  'newTarget',
  'home',
]);

/** Letters of temporaries in `SuspensionPoint.kinds`: those of different use must not be taken for each other. */
const TEMPORARY_KINDS: Readonly<Record<string, string>> = {
  iteration: 'i',
  disposal: 'd',
  kind: 'k',
  value: 'w',
  error: 'e',
  case: 's',
  key: 'y',
};

export class FunctionLowering {
  readonly fn: FunctionInfo;
  readonly out: ModuleOutput;
  /** Compiled to a resume function. */
  readonly resumable: boolean;
  readonly hoisted: string[] = [];
  /** Source names of hoisted variables, for metadata. */
  readonly sourceNames = new Map<string, string>();
  /** Variables that keep their value as long as they are in scope. */
  readonly fixedNames = new Set<string>();
  /** Hoisted variables that need not be saved at suspension points. */
  readonly unsaved = new Set<string>();
  readonly jumps: JumpFrame[] = [];
  /** By their variables `kind`. */
  readonly completions = new Map<string, Completion>();
  /** Variables with the author's names, for messages of the engine; false: the name is not free. */
  readonly quoted = new Map<string, boolean>();
  /** The parameter list is being printed: it does not see variables of the body. */
  inParameters = false;
  /** A `finally` of the generated function must not run when it is left because of a suspension. */
  guardsFinally = false;

  /** Variable that has to be in the first slot at every suspension point. */
  readonly firstSlot: string | undefined;

  readonly #kinds = new Map<string, string>();
  readonly #cellNames = new Map<Binding, string>();
  readonly #used = new Set<string>();
  /** Of several variables: none of them gets it, so that it can stand for any of them in messages. */
  readonly #repeated = new Set<string>();
  #temporaries = 0;
  #labels = 0;

  constructor(fn: FunctionInfo, out: ModuleOutput) {
    this.fn = fn;
    this.out = out;
    this.resumable = fn.isResumable;
    if (this.resumable) this.#nameVariables();
    else for (const cell of fn.cells) this.#cellNames.set(cell, storageName(out.names, cell));
    if (this.resumable && kitClass(fn)) this.firstSlot = this.name(fn.cells[0]!);
  }

  /** True if `node` contains a suspension point of this function. */
  suspends(node: Node | null | undefined): boolean {
    if (!node || !this.resumable) return false;
    return this.out.analysis.suspends.has(node) || node['$suspends'] === true;
  }

  /** True if the binding is declared at the top of the resume function. */
  isHoisted(binding: Binding): boolean {
    if (!this.resumable || binding.owner !== this.fn) return false;
    return ALWAYS_HOISTED.has(binding.kind) || this.suspends(binding.scopeNode);
  }

  name(binding: Binding): string {
    return binding.owner === this.fn ? binding.output : (this.#cellNames.get(binding) ?? binding.output);
  }

  /** The variable itself, without a look into its box. */
  variable(binding: Binding, at?: Node): Expression {
    if (binding.moduleLevel) return this.out.resolve(binding);
    return identifier(this.name(binding), at);
  }

  /** The place that holds the value: the variable, or `v` of its box. */
  location(binding: Binding, at?: Node): Expression {
    const variable = this.variable(binding, at);
    return binding.boxed ? member(variable, 'v', at) : variable;
  }

  /** Reading the variable at `at`, with the check for its first value where the text does not make that certain. */
  read(binding: Binding, at: Node): Expression {
    const value = this.location(binding, at);
    return this.isChecked(binding, at)
      ? call(this.out.abi('checked'), [value, literal(binding.name)], at)
      : value;
  }

  isChecked(binding: Binding, at: Node): boolean {
    if (binding.moduleLevel) return false;
    if (!binding.boxed && !this.isHoisted(binding)) return false;
    const reference = binding.references.find((candidate) => candidate.identifier === at);
    return reference !== undefined && !reference.isInit && needsCheck(reference, binding);
  }

  /** A fresh variable of the resume function (or of the plain function's body). */
  temporary(purpose = 't'): string {
    const name = this.out.names.local(`$${purpose}${++this.#temporaries}`);
    this.hoisted.push(name);
    this.#kinds.set(name, TEMPORARY_KINDS[purpose] ?? 't');
    return name;
  }

  /** The letters of `SuspensionPoint.kinds` for variables of the generated code. */
  slotKinds(names: readonly string[]): string {
    return names.map((name) => this.#kinds.get(name) ?? 't').join('');
  }

  /** `SuspensionPoint.jumps`. */
  jumpsOf(names: readonly string[]): { jumps?: readonly string[] } {
    const known = names.flatMap((name) => this.completions.get(name) ?? []);
    if (known.length === 0) return {};
    const text = (jump: Jump): string =>
      jump.type === 'return' ? 'return' : `${jump.type} ${jump.label ?? ''}`.trim();
    return { jumps: known.map(({ jumps }) => jumps.map(text).join()) };
  }

  /** `SuspensionPoint.place` of what stands at this position. */
  placeOf(position: Position): { place?: string } {
    const place = this.out.identities.get(this.fn.node)?.places.get(`${position.line}:${position.column}`);
    return place === undefined ? {} : { place };
  }

  label(): string {
    return this.out.names.local(`$to${++this.#labels}`);
  }

  hoist(binding: Binding): void {
    const name = this.name(binding);
    if (this.hoisted.includes(name)) return;
    this.hoisted.push(name);
    this.sourceNames.set(name, binding.name);
  }

  /** Whether the name stands for a variable in the code of a function with suspension points. */
  isUsed(name: string): boolean {
    return this.#used.has(name);
  }

  #nameVariables(): void {
    for (const name of this.fn.foreignNames) this.#used.add(name);
    const names = new Set<string>();
    for (const binding of [...this.fn.cells, ...this.fn.locals]) {
      const name = storageName(this.out.names, binding);
      if (names.has(name)) this.#repeated.add(name);
      names.add(name);
    }
    for (const cell of this.fn.cells) {
      const name = this.#unique(storageName(this.out.names, cell));
      this.#cellNames.set(cell, name);
      this.#kinds.set(name, kindOf(cell));
      this.fixedNames.add(name);
      this.sourceNames.set(name, cell.kind === 'this' ? 'this' : cell.name);
    }
    for (const binding of this.fn.locals) {
      if (this.#staysInItsBlock(binding)) {
        binding.output = binding.name;
        continue;
      }
      binding.output = this.#unique(storageName(this.out.names, binding));
      this.#kinds.set(binding.output, kindOf(binding));
      if (binding.boxed || (!binding.assigned && !binding.early && binding.kind !== 'var'))
        this.fixedNames.add(binding.output);
      this.sourceNames.set(
        binding.output,
        binding.kind === 'this' ? 'this' : binding.kind === 'arguments' ? 'arguments' : binding.name,
      );
    }
  }

  /**
   * Declared in a block that is printed as it is, where no other variable of its name can be meant: messages of the engine (`Cannot
   * access 'x' before initialization`) name it as its author did.
   */
  #staysInItsBlock(binding: Binding): boolean {
    const { kind, boxed, scopeNode } = binding;
    const isLexical = kind === 'let' || kind === 'const' || kind === 'class';
    const isBlock = scopeNode.type === 'BlockStatement' || scopeNode.type === 'SwitchStatement';
    return isLexical && isBlock && !boxed && !this.isHoisted(binding);
  }

  #unique(name: string): string {
    const base = name === 'arguments' ? '$arguments' : name;
    const isTaken = this.#used.has(base) || this.#repeated.has(name) || base === 'arguments';
    const free = isTaken ? this.out.names.fresh(base) : base;
    this.#used.add(free);
    return free;
  }
}
