export default async function main() {
  const held: any = { math: Math, json: JSON, max: Math.max, array: Array, push: Array.prototype.push, proto: Object.prototype, parse: Number.parseInt, reflect: Reflect, error: TypeError, iterator: Symbol.iterator, global: globalThis };
  await null;
  return [held.math === Math, held.json === JSON, held.max(1, 3), held.array === Array, held.push === Array.prototype.push, held.proto === Object.prototype, held.parse('12px'), held.reflect === Reflect, new held.error('x') instanceof TypeError, held.iterator === Symbol.iterator, held.global === globalThis];
}
