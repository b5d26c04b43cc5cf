import { expect, test } from 'vitest';
import { compileModules, compileSource } from '../../src/compiler/index.ts';

const body = (declarations: string, run: string): string =>
  `${declarations}\nexport default async function run(input) { ${run}\nawait null; return input; }`;
const stateOf = (declarations: string, run: string): readonly string[] =>
  compileSource(body(declarations, run), '/scripts/script.ts').state;
const watched = (...names: string[]): string[] => names.map((name) => `${name} (properties)`);

test('a class that is only used as a class is not watched', () => {
  const declarations = `class A { static of() { return new A(); } } class B extends A {}
    const send = async (order) => { order.sent = true; };
    const steps = [send]; const table = { send, A }; const pick = (key) => table[key];
    function check(type, value) { return value instanceof type; }`;
  const run = `const b = new B(); b.x = 1; check(A, b); [1].map(String); input.list.map(send);
    for (const step of steps) await step(input); await pick(input.kind)(input);
    const order = await fetch(input.url); order.items[0].done = true; A.of().y = 2;`;
  expect(stateOf(declarations, run)).toEqual(['table']);
});

test.each([
  ['a parameter', `const set = (t) => { t.x = 1; };`, `set(A);`],
  ['a result', `const get = () => A;`, `get().x = 1;`],
  ['an array', `const list = [A];`, `const item = list[0]; item.x = 1;`],
  ['a name made at run time', `const make = (t, key) => { t[key] ??= 1; };`, `make(A, input.key);`],
  ['a callback', ``, `[A].forEach((t) => { delete t.x; });`],
  ['a promise', ``, `Promise.resolve(A).then((t) => { t.x = 1; });`],
  [
    'a function that settles',
    ``,
    `const held = {}; const p = new Promise((done) => { held.done = done; });
    held.done(A); (await p).x = 1;`,
  ],
  ['its prototype', `const set = (t) => { t.x = 1; };`, `set(A.prototype);`],
  ['a field', `class H { t = A; }`, `new H().t.x++;`],
])('changed through %s', (_, declarations, run) => {
  expect(stateOf(`class A {} class Other {} ${declarations}`, run)).toContain('A (properties)');
  expect(stateOf(`class A {} class Other {} ${declarations}`, run)).not.toContain('Other (properties)');
});

test('a namespace of a module of the bundle leads to what it exports', () => {
  const files: Record<string, string> = {
    '/scripts/script.ts': body(
      `import * as lib from './lib.ts';`,
      'lib.A.x = 1; set(lib.B); function set(t) { t.y = 1; }',
    ),
    '/scripts/lib.ts': 'export class A {} export class B {} export class C {}',
  };
  expect(compileModules('/scripts/script.ts', (path) => files[path]).state).toEqual(watched('A', 'B'));
});

test('a package may change the classes it is given', () => {
  const declarations = `import { Container } from 'some-package'; const container = new Container();
    class A {} class B {} class C {} class D {}`;
  const run = `container.register(A).register('b', { use: B }); void new D(); console.log(C);`;
  expect(stateOf(declarations, run)).toEqual(watched('A', 'B'));
});

test('functions given to packages are watched where instances have an evaluation of their own anyway', () => {
  const declarations = `import retry from 'some-package'; let runs = 0; function f() { runs++; }`;
  expect(stateOf(declarations, `await retry(f, { times: 3 });`)).toEqual(['runs', ...watched('f')]);
});
