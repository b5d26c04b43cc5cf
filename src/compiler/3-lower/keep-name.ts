/** Functions and classes that had to be renamed in the bundle keep the name that their author gave them. */
import {
  call,
  evaluate,
  identifier,
  literal,
  member,
  object,
  property,
  type Expression,
  type Statement,
} from './builders.ts';

export function keepName(value: Expression, name: string): Statement {
  const descriptor = object([
    property(identifier('value'), literal(name)),
    property(identifier('configurable'), literal(true)),
  ]);
  return evaluate(call(member('Object', 'defineProperty'), [value, literal('name'), descriptor]));
}
