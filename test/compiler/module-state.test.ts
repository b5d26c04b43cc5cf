import { expect, test } from 'vitest';
import { compileModules } from '../../src/compiler/index.ts';

const MIXINS = `export const Timed = (Base) => class extends Base { at = 1; }; export const maker = () => { let n = 0; return () => ++n; };`;

/** Names of the module-level variables that belong to the instance. */
function stateOf(declarations: string, run: string): readonly string[] {
  const entry = `import { Timed, maker } from './mixins.ts'; import * as lib from './mixins.ts'; import pkg, { createPool } from 'a-package';
    ${declarations}\nexport default async function run(input) { ${run}\nawait null; return input; }`;
  const files: Readonly<Record<string, string>> = { '/s/entry.ts': entry, '/s/mixins.ts': MIXINS };
  return compileModules('/s/entry.ts', (path) => files[path]).state;
}

test.each([
  ['a closure over its parameters', `const info = (p => (t) => p + t); const log = info('x');`, `log('a');`],
  [
    'a closure over closures',
    `const both = (f, g) => (n) => f(g(n)); const inc = both((n) => n, (n) => n + 1);`,
    `inc(1);`,
  ],
  ['a primitive', `const port = Number(process.env.PORT ?? 80);`, `createPool(port);`],
  ['a resource', `const pool = createPool();`, `await pool.query(input);`],
  [
    'a resource that a function opens',
    `function open() { const pool = createPool(); pool.on('end', () => 1); return pool; } const db = open();`,
    `await db.query(input);`,
  ],
  ['what the environment gives', `const url = process.env.URL ?? pkg.url;`, `createPool(url);`],
  [
    'a class over a class of a package',
    `class Mine extends pkg.Base {} class Deep extends Mine {}`,
    `new Deep();`,
  ],
  ['what a package makes of a class', `class Mine extends pkg.mixin(Object) {}`, `new Mine();`],
  [
    'what is given to call',
    `import { call } from 'waymark'; const PATIENCE = { timeout: '2s' };`,
    `await call('bank', input, PATIENCE);`,
  ],
  ['data that nobody changes', `const table = [1, 2]; const by = { table };`, `input.x = table[0];`],
])('%s makes no state', (_, declarations, run) => {
  expect(stateOf(declarations, run)).toEqual([]);
});

test.each([
  ['a closure of a factory', `const count = maker();`, `count();`, ['count']],
  ['a closure of a namespace', `const count = lib.maker();`, `count();`, ['count']],
  ['a class over a mixin', `class A extends Timed(Object) {} class B extends A {}`, `new B();`, ['A', 'B']],
  ['a class over one of a namespace', `class A extends lib.Timed(Object) {}`, `new A();`, ['A']],
  ['a class expression', `const A = class extends Timed(Object) {};`, `new A();`, ['A']],
  [
    'another name',
    `const list = []; const api = { list }; const other = [1];`,
    `api.list.push(1); other.map(String);`,
    ['list', 'api'],
  ],
  [
    'what was handed to somebody',
    `let kept; function keep(x) { kept = x; } const list = [1]; keep(list); const own = [2];`,
    `kept.push(1); own.map(String);`,
    ['kept', 'list'],
  ],
  [
    'a property of a function',
    `function f() {} f.known = new Map(); function g() {} g.limit = 1;`,
    `f.known.set(1, 2);`,
    ['f (properties)'],
  ],
])('%s is state', (_, declarations, run, expected) => {
  expect(stateOf(declarations, run)).toEqual(expected);
});
