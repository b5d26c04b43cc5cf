/** Questions about a function that its place in the text answers. */
import type { FunctionInfo } from './model.ts';

/** Code that runs once per evaluation of the module, outside of any function. */
export function isStaticCode(fn: FunctionInfo): boolean {
  return (
    fn.kind === 'module' || ((fn.kind === 'static-block' || fn.kind === 'field') && fn.isStatic && fn.once)
  );
}

/** The function that gives `this` its meaning. */
export function nonArrow(fn: FunctionInfo): FunctionInfo {
  let at = fn;
  while (at.kind === 'arrow') at = at.parent!;
  return at;
}

/** Its code does not stay where the author wrote it: closures are made by factories, suspending code is in resume functions. */
export function movesOut(fn: FunctionInfo): boolean {
  if (fn.kind === 'module' || fn.kind === 'field' || fn.kind === 'static-block' || fn.inPlace) return false;
  return fn.parent?.kind !== 'class' || fn.isResumable;
}
