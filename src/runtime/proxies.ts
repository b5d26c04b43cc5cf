/**
 * Proxy in durable modules: native Proxies, of which it is remembered what they are made of.
 *
 * Owns: targets and handlers by Proxy. Invariants:
 * P1. Nothing here calls a trap; restoring a Proxy does not either.
 * P2. A Proxy keeps its target and handler alive, this table keeps no Proxy alive.
 */
import type { HostType } from '../snapshot/index.ts';
import { OwnFunction } from './own-functions.ts';

interface Parts {
  target: object | undefined;
  handler: object | undefined;
  /** Absent for a Proxy that cannot be revoked. */
  readonly revoke: (() => void) | undefined;
  readonly isCallable: boolean;
}

const NativeProxy = Proxy;
const partsOf = new WeakMap<object, Parts>();

function remember<T extends object>(
  proxy: T,
  target: object,
  handler: object,
  revoke: (() => void) | undefined,
): T {
  partsOf.set(proxy, { target, handler, revoke, isCallable: typeof target === 'function' });
  return proxy;
}

function revoke(proxy: object): void {
  const parts = partsOf.get(proxy);
  if (parts?.target === undefined) return;
  parts.target = undefined;
  parts.handler = undefined;
  parts.revoke?.();
}

const revokeFunction = new OwnFunction<[object]>(
  24,
  (proxy) =>
    (
      () => () =>
        revoke(proxy)
    )(),
  (cells) => cells.length === 1 && (typeof cells[0] === 'object' || typeof cells[0] === 'function'),
);

function makeRevocable(target: object, handler: object): object {
  const { proxy, revoke: nativeRevoke } = NativeProxy.revocable(target, handler);
  return remember(proxy, target, handler, nativeRevoke);
}

/** The constructor, as the author sees it. */
export const DurableProxy = function Proxy(target: object, handler: object): object {
  if (!new.target) throw new TypeError("Constructor Proxy requires 'new'");
  return remember(new NativeProxy(target, handler), target, handler, undefined);
};
Object.defineProperty(DurableProxy, 'prototype', { value: undefined, writable: false });
Object.defineProperty(DurableProxy, 'revocable', {
  value: function revocable(target: object, handler: object): object {
    const proxy = makeRevocable(target, handler);
    return { proxy, revoke: revokeFunction.make(proxy) as unknown };
  },
  writable: true,
  enumerable: false,
  configurable: true,
});

/** Parts: target and handler, and whether it can be revoked; of a revoked one only whether it is a function. */
export const PROXY_TYPE: HostType = {
  name: 'Proxy',
  prototype: undefined,
  is: (value) => partsOf.has(value),
  parts(value) {
    const { target, handler, revoke: native, isCallable } = partsOf.get(value)!;
    return target === undefined ? [isCallable] : [native !== undefined, target, handler];
  },
  make([flag, target, handler]) {
    if (target === undefined) {
      const revoked = makeRevocable(flag === true ? () => undefined : {}, {});
      revoke(revoked);
      return revoked;
    }
    if (flag === true) return makeRevocable(target as object, handler as object);
    return remember(
      new NativeProxy(target as object, handler as object),
      target as object,
      handler as object,
      undefined,
    );
  },
};
