class Custom extends Error {
  extra = { a: 1 };
}
export default async function main() {
  const cause = new TypeError('cause');
  const error: any = new Error('outer', { cause });
  error.code = 'E_CODE';
  error.details = [1, 2];
  const renamed = new RangeError('range');
  renamed.name = 'Renamed';
  const aggregate = new AggregateError([cause, 'text'], 'several');
  const custom = new Custom('custom', { cause: error });
  const noMessage = new SyntaxError();
  const circular: any = new EvalError('circular');
  circular.self = circular;
  const withUndefinedCause = new Error('x', { cause: undefined });
  const stack = error.stack;
  await null;
  return { error, renamed, aggregate, custom, noMessage, circular, hasCause: 'cause' in withUndefinedCause, sameCause: aggregate.errors[0] === error.cause, text: String(custom), stackKept: error.stack === stack, own: Object.hasOwn(noMessage, 'message') };
}
