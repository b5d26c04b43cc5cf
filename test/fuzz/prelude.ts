/** The durable module that every generated program imports. */
export const PRELUDE = `
export class Fault extends Error {
  constructor(value, options) { super('fault ' + String(value), options); this.name = 'Fault'; }
}
export const later = async (value) => { note('later', value); await null; note('now', value); return value; };
export const soon = (value) => Promise.resolve(value);
export const delay = (ms, value) => new Promise((resolve) => { setTimeout(() => { note('due', ms); resolve(value); }, ms); });
export const fail = async (value) => { await null; throw new Fault(value); };
export const spawn = (promise) => { promise.then((value) => note('done', value), (error) => note('failed', error)); return promise; };
export function sum(...all) { let total = 0; for (const item of all) total = (total + Number(item ?? 0)) | 0; return total; }
export const tag = (strings, ...values) => note(strings.raw.join('-'), sum(...values));
export const maybe = (value) => (sum(value) & 1 ? undefined : { a: value, b: 1, m(x) { return note('m', sum(x, this.a)); } });
export const thenable = (value) => ({ then(resolve) { note('then', value); resolve(value); } });
export const resource = (name) => ({ a: name, b: 2, [Symbol.dispose]() { note('dispose', name); } });
export const slowResource = (name) => ({ a: name, b: 3, async [Symbol.asyncDispose]() { note('closing', name); await null; note('closed', name); } });
export const collect = async (items) => { const all = []; for await (const item of items) { burn(); all.push(item); } return all; };
export const list = (values) => ({
  [Symbol.iterator]() {
    let i = 0;
    return {
      next() { note('next', i); return { done: i >= values.length, value: values[i++] }; },
      return(value) { note('return', i); return { done: true, value }; },
    };
  },
});
export const stream = (values) => ({
  [Symbol.asyncIterator]() {
    let i = 0;
    return {
      async next() { note('pull', i); await null; return { done: i >= values.length, value: values[i++] }; },
      async return(value) { note('stop', i); await null; return { done: true, value }; },
    };
  },
});
`;

/** What programs import from it. */
export const PRELUDE_NAMES = [...PRELUDE.matchAll(/^export (?:class|const|function) (\w+)/gm)].map(
  (match) => match[1]!,
);
