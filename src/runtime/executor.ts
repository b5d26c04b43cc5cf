/** What can be told about the function given to `new Promise`. */

/** Parameters of a function that can see nothing of what it is called with. */
const NO_PARAMETERS = /^(?:\(\s*\)\s*=>|(?:function\s*)?[\w$]*\(\s*\)\s*\{(?![^]*\barguments\b))/;

/** Its promise can never be settled: it sees none of the resolving functions. */
export const takesNothing = (executor: Function): boolean =>
  executor.length === 0 && NO_PARAMETERS.test(Function.prototype.toString.call(executor));
