/**
 * Which variables closures capture, and how: by value where the variable has its only value before every closure
 * that uses it is made, else in a Box. Only boxes have to be shared after a restore, and a dead variable keeps
 * nothing alive that a closure beside it does not use.
 */
import type { Binding, BindingKind, FunctionInfo, Reference } from './model.ts';

const PSEUDO: ReadonlySet<BindingKind> = new Set(['this', 'arguments', 'newTarget', 'self', 'home']);

export function decideBoxes(bindings: readonly Binding[], functions: readonly FunctionInfo[]): void {
  const cells = new Map<FunctionInfo, Set<Binding>>(functions.map((fn) => [fn, new Set<Binding>()]));
  for (const binding of bindings) {
    if (binding.moduleLevel) {
      for (const { from, isWrite, isInit } of binding.references) {
        from.foreignNames.add(binding.name);
        if (isWrite && !isInit) binding.assigned = true;
      }
      continue;
    }
    let dominated = true;
    let usedBefore = false;
    for (const reference of binding.references) {
      if (reference.isWrite && (!reference.isInit || binding.kind === 'var')) binding.assigned = true;
      const captor = outermostCaptor(reference, binding);
      if (!captor) {
        if (!reference.isInit && isUsedBefore(reference, binding)) usedBefore = true;
        continue;
      }
      binding.captured = true;
      for (let fn: FunctionInfo | undefined = reference.from; fn && fn !== binding.owner; fn = fn.parent)
        cells.get(fn)!.add(binding);
      if (!isDominated(captor, binding)) dominated = false;
    }
    // Never assigned by the author; a home variable holds a box of its own making.
    if (PSEUDO.has(binding.kind) || binding.owner.kind === 'class') continue;
    binding.boxed = binding.captured && (binding.assigned || !dominated);
    binding.early = (binding.boxed && !dominated) || usedBefore;
  }
  for (const [fn, set] of cells) {
    // The class by which code finds its way back into the class body comes first.
    const own = fn.usesPrivateNames ? fn.enclosingClass?.own : undefined;
    if (own && set.delete(own)) fn.cells.push(own);
    fn.cells.push(...set);
  }
}

/**
 * A function declared in a function mostly refers to itself for recursion. Its own name inside it needs no captured
 * variable as long as nobody assigns to it: it means the function object itself.
 */
export function separateSelfReferences(
  bindings: readonly Binding[],
  bindingOf: Map<object, Binding>,
): Binding[] {
  const selves: Binding[] = [];
  for (const binding of bindings) {
    if (binding.kind !== 'function' || binding.moduleLevel) continue;
    if (binding.references.some((reference) => reference.isWrite && !reference.isInit)) continue;
    const kept: Reference[] = [];
    for (const reference of binding.references) {
      const captor = outermostCaptor(reference, binding);
      if (!captor || captor.node.start !== binding.declaredAt) {
        kept.push(reference);
        continue;
      }
      if (!captor.self) {
        captor.self = { ...binding, kind: 'self', owner: captor, references: [], initializedAt: 0 };
        captor.locals.push(captor.self);
        selves.push(captor.self);
      }
      captor.self.references.push(reference);
      bindingOf.set(reference.identifier, captor.self);
    }
    binding.references = kept;
  }
  return selves;
}

/** True if reads of `binding` in `from` must check that it has its first value. */
export function needsCheck(reference: Reference, binding: Binding): boolean {
  if (
    binding.kind !== 'let' &&
    binding.kind !== 'const' &&
    binding.kind !== 'using' &&
    binding.kind !== 'class' &&
    binding.kind !== 'param'
  )
    return false;
  const captor = outermostCaptor(reference, binding);
  return captor ? binding.boxed && !isDominated(captor, binding) : isUsedBefore(reference, binding);
}

/** The function made directly in the binding's owner through which `reference` reaches it; undefined in the owner itself. */
function outermostCaptor(reference: Reference, binding: Binding): FunctionInfo | undefined {
  let at = reference.from;
  if (at === binding.owner) return undefined;
  while (at.parent && at.parent !== binding.owner) at = at.parent;
  return at.parent ? at : undefined;
}

function isUsedBefore(reference: Reference, binding: Binding): boolean {
  if (
    binding.kind !== 'let' &&
    binding.kind !== 'const' &&
    binding.kind !== 'using' &&
    binding.kind !== 'class' &&
    binding.kind !== 'param'
  )
    return false;
  return binding.inCase || reference.identifier.start! < binding.initializedAt;
}

/** True if the binding has its value whenever the closure `captor` is made. */
function isDominated(captor: FunctionInfo, binding: Binding): boolean {
  if (binding.inCase) return false;
  if (binding.kind === 'function') {
    if (!captor.hoistedTo) return true;
    const blockStart = captor.hoistedTo.start!;
    if (binding.initializedAt !== blockStart) return binding.initializedAt < blockStart;
    return binding.declaredAt < captor.node.start!;
  }
  return binding.initializedAt <= (captor.hoistedTo ?? captor.node).start!;
}
