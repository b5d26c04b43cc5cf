/**
 * From lowered statements with `$Suspend` places to the resume function: numbers the suspension points, reloads live
 * variables on entry, and guards what must not run again on the way back to a point.
 *
 * `$at` is 0 while running and the number of a point on the way back to it. Points are numbered in text order, so the
 * points inside a statement are a range, and `$at <= last` means "not past this statement".
 */
import type { SuspensionPoint } from '../../bundle.ts';
import type { Node } from '../ast.ts';
import {
  arrow,
  assign,
  binary,
  block,
  call,
  conditional,
  declareAll,
  element,
  evaluate,
  give,
  identifier,
  leave,
  literal,
  logical,
  nameFunction,
  object,
  property,
  when,
  type Expression,
  type Statement,
} from './builders.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { keptSlots } from './kept-slots.ts';
import { findLiveVariables } from './liveness.ts';

export interface ResumeFunction {
  /** `{ name: ($frame, $slots, $at) => { ... } }` */
  readonly named: Expression;
  readonly points: readonly SuspensionPoint[];
}

export function emitResumeFunction(
  f: FunctionLowering,
  entry: readonly string[],
  statements: readonly Statement[],
): ResumeFunction {
  return new ResumeEmitter(f).emit(entry, statements);
}

class ResumeEmitter {
  readonly #f: FunctionLowering;
  readonly #frame: string;
  readonly #slots: string;
  readonly #at: string;
  /** `$Suspend` places in text order; index 0 is point 1. */
  readonly #places: Node[] = [];
  #entry: readonly string[] = [];
  readonly #first = new Map<Node, number>();
  readonly #last = new Map<Node, number>();

  constructor(f: FunctionLowering) {
    this.#f = f;
    this.#frame = f.out.names.local('$frame');
    this.#slots = f.out.names.local('$slots');
    this.#at = f.out.names.local('$at');
  }

  emit(entry: readonly string[], statements: readonly Statement[]): ResumeFunction {
    this.#entry = entry;
    const first = this.#f.firstSlot;
    const leading = this.#onlyYields() ? entry : first === undefined ? [] : [first];
    const variables = [...leading, ...this.#f.hoisted.filter((name) => !leading.includes(name))];
    for (const statement of statements) this.#number(statement);
    findLiveVariables(
      statements,
      variables.filter((name) => !this.#f.unsaved.has(name)),
    );
    const saved = this.#places.map((node) =>
      variables.filter((name) => name === first || (node['live'] as ReadonlySet<string>).has(name)),
    );
    const body = this.#list(statements, saved);
    const prologue: Statement[] = [];
    if (variables.length > 0) prologue.push(declareAll(variables));
    const reload = this.#reload(entry, saved);
    if (reload) prologue.push(reload);
    const parameters = [this.#frame, this.#slots, this.#at].map((name) => identifier(name));
    const fn = arrow(parameters, block([...prologue, ...body]), this.#f.fn.node);
    const byStart = Map.groupBy(this.#places, startText);
    const points = this.#places.map((node, index) => ({
      ...(node.loc?.start ?? this.#f.fn.node.loc!.start),
      slots: saved[index]!.map((name) => this.#sourceName(name)),
      kinds: this.#f.slotKinds(saved[index]!),
      ...this.#f.jumpsOf(saved[index]!),
      ...this.#placeOf(node, byStart),
    }));
    return { named: namedObject(fn, stackName(this.#f.fn.name)), points };
  }

  /** One expression or loop may suspend in several ways: which of them, and of how many. */
  #placeOf(node: Node, byStart: ReadonlyMap<string, readonly Node[]>): { place?: string } {
    const { place } = node.loc ? this.#f.placeOf(node.loc.start) : {};
    if (place === undefined) return {};
    const all = byStart.get(startText(node))!;
    return { place: all.length === 1 ? place : `${place}/${all.indexOf(node) + 1} of ${all.length}` };
  }

  #sourceName(name: string): string {
    return this.#f.sourceNames.get(name) ?? '(temporary)';
  }

  /** Numbers the suspension points below `node`; remembers the range of each statement that contains some. */
  #number(node: Node): void {
    const before = this.#places.length;
    if (node.type === '$Suspend') this.#places.push(node);
    else for (const child of nestedStatements(node)) this.#number(child);
    if (this.#places.length === before) return;
    this.#first.set(node, before + 1);
    this.#last.set(node, this.#places.length);
  }

  #isRunning(): Expression {
    return binary('===', identifier(this.#at), literal(0));
  }

  #isReturning(): Expression {
    return binary('!==', identifier(this.#at), literal(0));
  }

  /** Statements of one list: those before a suspension point are skipped on the way back to it. */
  #list(statements: readonly Statement[], saved: readonly string[][]): Statement[] {
    const lastSuspending = statements.findLastIndex((statement) => this.#last.has(statement));
    const out: Statement[] = [];
    let plain: Statement[] = [];
    const flush = (): void => {
      if (plain.length === 0) return;
      out.push(guard(this.#isRunning(), plain));
      plain = [];
    };
    statements.forEach((statement, index) => {
      if (!this.#last.has(statement)) {
        if (index > lastSuspending) out.push(statement);
        else plain.push(statement);
        return;
      }
      flush();
      const emitted = this.#statement(statement, saved);
      if (index === lastSuspending) out.push(...emitted);
      else out.push(guard(binary('<=', identifier(this.#at), literal(this.#last.get(statement)!)), emitted));
    });
    return out;
  }

  /** A statement that contains suspension points. */
  #statement(node: Statement, saved: readonly string[][]): Statement[] {
    switch (node.type) {
      case '$Suspend':
        return this.#suspend(node, saved);
      case 'BlockStatement':
        return [{ ...node, body: this.#list(node['body'], saved) }];
      case 'LabeledStatement':
        return [{ ...node, body: this.#one(node['body'], saved) }];
      case 'IfStatement':
        return [this.#if(node, saved)];
      case 'WhileStatement':
      case 'ForStatement': {
        const isEndless = !node['test'] || (node['test'].type === 'Literal' && node['test'].value === true);
        const test = isEndless ? node['test'] : logical('||', this.#isReturning(), node['test']);
        return [{ ...node, test, body: this.#one(node['body'], saved) }];
      }
      case 'DoWhileStatement':
        return [{ ...node, body: this.#one(node['body'], saved) }];
      case 'SwitchStatement':
        return [this.#switch(node, saved)];
      case 'TryStatement':
        return [this.#try(node, saved)];
      default:
        throw new Error(`Unknown suspending statement ${node.type}`);
    }
  }

  #one(node: Statement, saved: readonly string[][]): Statement {
    if (!this.#last.has(node)) return node;
    const emitted = this.#statement(node, saved);
    return emitted.length === 1 ? emitted[0]! : block(emitted);
  }

  #suspend(node: Node, saved: readonly string[][]): Statement[] {
    const { out, guardsFinally } = this.#f;
    const point = this.#first.get(node)!;
    const slots = this.#slotsAt(node, saved, saved[point - 1]!);
    const given = node['kind'] === 'initial' ? [] : [node['value']];
    const frame = identifier(this.#frame);
    const wait = call(out.abi(this.#suspendingEntry(node)), [frame, ...given, literal(point), slots], node);
    const statements = [
      when(this.#isRunning(), [give(guardsFinally ? assign(this.#at, wait) : wait, node)]),
      evaluate(assign(this.#at, literal(0))),
    ];
    // `yield*` asks the delegation what was received; before the body there is nothing to receive.
    if (node['kind'] === 'pass' || node['kind'] === 'initial') return statements;
    const taken =
      node['kind'] === 'yield' ? call(out.abi('received'), [], node) : call(out.abi('take'), [frame], node);
    statements.push(evaluate(node['target'] === null ? taken : assign(node['target'], taken), node));
    return statements;
  }

  /** A generator function that is not async: its frames are only ever at a `yield`. */
  #onlyYields(): boolean {
    return this.#f.fn.isGenerator && !this.#f.fn.isAsync;
  }

  /** Async generators are left out: their frame and the promise that drives them share the array. */
  #keepsSlots(node: Node): boolean {
    return node['kind'] === 'yield'
      ? this.#onlyYields()
      : node['kind'] === 'await' && !this.#f.fn.isGenerator;
  }

  #slotsAt(node: Node, saved: readonly string[][], names: readonly string[]): Expression {
    if (names.length === 0 || !this.#keepsSlots(node))
      return this.#f.out.slots(names.map((name) => identifier(name)));
    const fixed = new Set(this.#entry.filter((name) => this.#f.fixedNames.has(name)));
    return keptSlots(names, { given: this.#slots, all: [this.#entry, ...saved], fixed });
  }

  /** The entry of the ABI that suspends. */
  #suspendingEntry(node: Node): string {
    if (node['kind'] === 'yield') return this.#f.fn.isAsync ? 'asyncYield' : 'yield';
    if (node['kind'] === 'pass') return this.#f.fn.isAsync ? 'asyncPass' : 'pass';
    return node['kind'];
  }

  #if(node: Node, saved: readonly string[][]): Statement {
    const inConsequent = this.#last.has(node['consequent']);
    const inAlternate = node['alternate'] !== null && this.#last.has(node['alternate']);
    let test: Expression;
    if (inConsequent && inAlternate) {
      const isConsequent = binary('<=', identifier(this.#at), literal(this.#last.get(node['consequent'])!));
      test = conditional(this.#isRunning(), node['test'], isConsequent);
    } else if (inConsequent) test = logical('||', this.#isReturning(), node['test']);
    else test = logical('&&', this.#isRunning(), node['test']);
    return {
      ...node,
      test,
      consequent: this.#one(node['consequent'], saved),
      alternate: node['alternate'] && this.#one(node['alternate'], saved),
    };
  }

  #switch(node: Node, saved: readonly string[][]): Statement {
    const cases = node['cases'] as Node[];
    // On the way back the case is known by the number of the point.
    const suspending = cases.filter((item) => this.#last.has(item));
    const returning = suspending
      .slice(0, -1)
      .reduceRight<Expression>(
        (rest, item) =>
          conditional(binary('<=', identifier(this.#at), literal(this.#last.get(item)!)), item['test'], rest),
        suspending.at(-1)!['test'],
      );
    return {
      ...node,
      discriminant: conditional(this.#isRunning(), node['discriminant'], returning),
      cases: cases.map((item) => ({ ...item, consequent: this.#list(item['consequent'], saved) })),
    };
  }

  #try(node: Node, saved: readonly string[][]): Statement {
    const { $finally: isOwn, ...rest } = node;
    const emitted = {
      ...rest,
      type: 'TryStatement',
      block: { ...node['block'], body: this.#list(node['block'].body, saved) },
    };
    if (!node['finalizer'] || !isOwn) return emitted;
    const leaving = binary('!==', identifier(this.#at), identifier(this.#f.out.abi('SUSPENDED')));
    return { ...emitted, finalizer: block([guard(leaving, node['finalizer'].body)]) };
  }

  /** Puts the slots back into the variables: the parameters at the start, what was live at a point. */
  #reload(entry: readonly string[], saved: readonly string[][]): Statement | undefined {
    const lists = [entry, ...saved];
    if (lists.every((list) => list.length === 0)) return undefined;
    const load = (list: readonly string[]): Statement[] =>
      list.map((name, index) => evaluate(assign(name, element(identifier(this.#slots), literal(index)))));
    if (lists.length === 1) return block(load(entry));
    const groups = new Map<string, { names: readonly string[]; points: number[] }>();
    lists.forEach((names, point) => {
      const key = names.join();
      const group = groups.get(key);
      if (group) group.points.push(point);
      else groups.set(key, { names, points: [point] });
    });
    const cases = [...groups.values()]
      .filter(({ names }) => names.length > 0)
      .flatMap(({ names, points }) =>
        points.map((point, index) => ({
          type: 'SwitchCase',
          test: literal(point),
          consequent: index < points.length - 1 ? [] : [...load(names), leave(null)],
        })),
      );
    return { type: 'SwitchStatement', discriminant: identifier(this.#at), cases };
  }
}

function guard(test: Expression, statements: Statement[]): Statement {
  return { type: 'IfStatement', test, consequent: block(statements), alternate: null };
}

/** Child statements in which suspension points can be, in text order. */
function nestedStatements(node: Node): readonly Node[] {
  switch (node.type) {
    case 'BlockStatement':
      return node['body'];
    case 'IfStatement':
      return node['alternate'] ? [node['consequent'], node['alternate']] : [node['consequent']];
    case 'LabeledStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return [node['body']];
    case 'SwitchStatement':
      return node['cases'];
    case 'SwitchCase':
      return node['consequent'];
    case 'TryStatement':
      return [node['block']];
    default:
      return [];
  }
}

function stackName(name: string): string {
  return name === '' ? 'anonymous' : name;
}

function namedObject(fn: Expression, name: string): Expression {
  const named = nameFunction(fn, name);
  return named.type === 'MemberExpression' ? named['object'] : object([property(identifier(name), fn)]);
}

const startText = ({ loc }: Node): string => (loc ? `${loc.start.line}:${loc.start.column}` : '');
