/** What can be told about the function given to `new Promise`. */
import { FunctionRecord } from './function-record.ts';
import { stampOwner } from './stamp.ts';

/** It sees neither of the resolving functions: its promise can never be settled. */
export const TAKES_NOTHING = 1;
/** It sees the resolve function only. */
export const TAKES_RESOLVE = 2;
export const TAKES_BOTH = 3;

/** Parameters of a function that can see nothing of what it is called with. */
const NO_PARAMETERS = /^(?:\(\s*\)\s*=>|(?:function\s*)?[\w$]*\(\s*\)\s*\{(?![^]*\barguments\b))/;
const ONE_PARAMETER = /^(?:\(\s*[\w$]+\s*\)|[\w$]+)\s*=>/;

/** Which of the resolving functions `executor` can see. The text of a function of the bundle is looked at once. */
export function executorTakes(executor: Function): number {
  const owner = stampOwner(executor);
  if (!(owner instanceof FunctionRecord)) return executor.length === 0 ? look(executor) : TAKES_BOTH;
  if (owner.executorTakes === 0) owner.executorTakes = look(executor);
  return owner.executorTakes;
}

function look(executor: Function): number {
  const text = Function.prototype.toString.call(executor);
  if (executor.length === 0 && NO_PARAMETERS.test(text)) return TAKES_NOTHING;
  return ONE_PARAMETER.test(text) ? TAKES_RESOLVE : TAKES_BOTH;
}
