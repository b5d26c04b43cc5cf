class Order {}
function handler() {}
const TOKEN = Object.freeze({ token: true });

export default async function main() {
  const registry = new WeakMap<WeakKey, string>();
  registry.set(Order, 'class').set(handler, 'function').set(Array, 'built-in').set(Math.max, 'method').set(TOKEN, 'constant').set(Order.prototype, 'prototype');
  const closure = () => registry.get(Order);
  registry.set(closure, 'closure');
  await null;
  return [Order, handler, Array, Math.max, TOKEN, Order.prototype, closure, () => 1].map((key) => registry.get(key));
}
