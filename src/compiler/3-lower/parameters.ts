/** Binding parameters in the body, for functions whose parameter list cannot stay as written. */
import { boundIdentifiers, type Node } from '../ast.ts';
import type { Binding } from '../2-analyze/model.ts';
import {
  array,
  assign,
  binary,
  call,
  conditional,
  construct,
  element,
  evaluate,
  identifier,
  literal,
  member,
  spread,
  undefinedValue,
  type Statement,
} from './builders.ts';
import { convertTarget } from './assignment.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';

export function parameterBindings(f: FunctionLowering): Binding[] {
  const params = f.fn.node['params'] as Node[];
  return params
    .flatMap((parameter) => boundIdentifiers(parameter))
    .map((node) => f.out.analysis.bindingOf.get(node)!);
}

export function hasSimpleParameters(f: FunctionLowering): boolean {
  return (f.fn.node['params'] as Node[]).every((parameter) => parameter.type === 'Identifier');
}

/** Parameter names that keep the function's `length`, and the name for a rest parameter. */
export function placeholders(f: FunctionLowering): { list: string[]; rest: string } {
  const params = f.fn.node['params'] as Node[];
  const end = params.findIndex(
    (parameter) => parameter.type === 'AssignmentPattern' || parameter.type === 'RestElement',
  );
  const list = (end < 0 ? params : params.slice(0, end)).map((_, index) => f.out.names.local(`$p${index}`));
  return { list, rest: f.out.names.local('$rest') };
}

/** Statements that take the parameters out of the array-like variable `source`, in order, defaults included. */
export function bindParameters(f: FunctionLowering, source: string, out: Statement[]): void {
  for (const binding of parameterBindings(f)) {
    if (binding.boxed)
      out.push(
        evaluate(
          assign(
            f.variable(binding),
            construct(f.out.abi('Box'), binding.early ? [identifier(f.out.abi('UNSET'))] : []),
          ),
        ),
      );
    else if (binding.early) out.push(evaluate(assign(f.variable(binding), identifier(f.out.abi('UNSET')))));
  }
  (f.fn.node['params'] as Node[]).forEach((parameter, index) => {
    if (parameter.type === 'RestElement') {
      const all = call(member(array([spread(identifier(source))]), 'slice'), [literal(index)]);
      out.push(evaluate(assign(convertTarget(f, parameter['argument']), all, parameter)));
      return;
    }
    const value = element(identifier(source), literal(index));
    if (parameter.type !== 'AssignmentPattern') {
      out.push(evaluate(assign(convertTarget(f, parameter), value, parameter)));
      return;
    }
    const hint = parameter['left'].type === 'Identifier' ? parameter['left'].name : '';
    const given = conditional(
      binary('===', value, undefinedValue()),
      convert(f, parameter['right'], hint),
      value,
    );
    out.push(evaluate(assign(convertTarget(f, parameter['left']), given, parameter)));
  });
}
