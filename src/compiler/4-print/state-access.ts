/** How the runtime reads and writes what of a bundle belongs to the instance. */
import { type ChangedFunctions, memberOf } from '../2-analyze/changed-functions.ts';
import type { Node } from '../ast.ts';
import type { Binding, FunctionInfo, ModuleAnalysis } from '../2-analyze/model.ts';
import type { ModuleOutput, NameAllocator } from '../3-lower/bundle-output.ts';
import {
  array,
  arrow,
  assign,
  block,
  call,
  declare,
  element,
  evaluate,
  identifier,
  literal,
  logical,
  member,
  sequence,
  type Expression,
  type Statement,
} from '../3-lower/builders.ts';

/** Gives the runtime the module-level variables and static fields that belong to an instance. */
export function stateAccess(
  outputs: ReadonlyMap<ModuleAnalysis, ModuleOutput>,
  state: ReadonlyMap<ModuleAnalysis, readonly Binding[]>,
  changed: ChangedFunctions,
  names: NameAllocator,
  sourceOf: ReadonlyMap<ModuleAnalysis, string>,
): { names: string[]; qualified: string[]; statements: Statement[] } {
  const sourceNames: string[] = [];
  const qualified: string[] = [];
  const reads: Expression[] = [];
  const stores: Statement[] = [];
  const watched: Statement[] = [];
  const values = names.local('$values');
  const value = (): Expression => element(identifier(values), literal(reads.length));
  for (const [analysis, out] of outputs) {
    for (const binding of state.get(analysis)!) {
      if (!binding.moduleLevel) continue;
      stores.push(evaluate(assign(binding.output, value())));
      reads.push(identifier(binding.output));
      sourceNames.push(binding.name);
      qualified.push(`${sourceOf.get(analysis)}#${binding.name}`);
    }
    for (const [index, { variable, bindings }] of out.blocks.entries()) {
      // A block that was not entered has nothing to save.
      const guarded = (use: Expression): Expression => logical('&&', identifier(variable), use);
      stores.push(evaluate(guarded(call(member(variable, 'write'), [value()]))));
      reads.push(guarded(call(member(variable, 'read'), [])));
      const list = bindings.map(({ name }) => name).join(', ');
      sourceNames.push(`${list} (block)`);
      qualified.push(`${sourceOf.get(analysis)}#(block ${index}).{${list}}`);
    }
    for (const cls of analysis.classes) {
      if (cls.staticState.length === 0) continue;
      stores.push(evaluate(call(member(cls.staticsVariable!, 'write'), [value()])));
      reads.push(call(member(cls.staticsVariable!, 'read'), []));
      sourceNames.push(`${cls.name} (static fields)`);
      qualified.push(`${sourceOf.get(analysis)}#${cls.name}.{${cls.staticState.join()}}`);
    }
  }
  // Last: it may freeze what the others write to.
  const watch = (target: Expression, name: string, source: string): void => {
    const variable = names.fresh('$watched');
    watched.push(declare('const', variable, call(names.abi('watch'), [target])));
    stores.push(evaluate(call(member(variable, 'write'), [value()])));
    reads.push(call(member(variable, 'read'), []));
    sourceNames.push(`${name} (properties)`);
    qualified.push(`${source}#${name}.(properties)`);
  };
  for (const [analysis, out] of outputs) {
    const source = sourceOf.get(analysis)!;
    for (const binding of changed.watched.get(analysis)!)
      watch(identifier(binding.output), binding.name, source);
    for (const fn of analysis.functions) {
      if (!changed.members.has(fn.node)) continue;
      const target = memberReference(out, fn);
      if (target) watch(target, fn.name, source);
    }
  }
  const checks: Expression[] = [];
  for (const bindings of changed.handedOut.values())
    for (const binding of bindings) {
      const variable = names.fresh('$watched');
      const input = [identifier(binding.output), literal(binding.name)];
      watched.push(declare('const', variable, call(names.abi('watch'), input)));
      checks.push(call(member(variable, 'read'), []));
    }
  if (reads.length + checks.length === 0) return { names: [], qualified: [], statements: [] };
  const access = call(names.abi('state'), [
    arrow([], checks.length === 0 ? array(reads) : sequence([...checks, array(reads)])),
    arrow([identifier(values)], block(stores)),
  ]);
  return { names: sourceNames, qualified, statements: [...watched, evaluate(access)] };
}

/** A method of a class, or a function in a literal. */
function memberReference(
  out: ModuleOutput,
  { node, enclosingClass: cls }: FunctionInfo,
): Expression | undefined {
  const method = cls && memberOf(cls, node);
  if (!method) {
    const variable = out.memberVariables.get(node);
    return variable === undefined ? undefined : identifier(variable);
  }
  const id = cls.node['id'] as Node | null;
  const binding = [...out.analysis.bindingOf].find(([at]) => at === id)?.[1];
  const owner = identifier(binding?.output ?? '');
  return (
    binding && member(method['static'] ? owner : member(owner, 'prototype'), method['key'].name as string)
  );
}
