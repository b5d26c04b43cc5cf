/** Printed code means what the syntax tree says: parsed again, it is the same tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseModule } from '../../src/compiler/1-parse/parse-module.ts';
import { StructureTexts } from '../../src/compiler/2-analyze/structure.ts';
import { printBundle } from '../../src/compiler/4-print/print-bundle.ts';
import type { Node } from '../../src/compiler/ast.ts';

function parsed(text: string, name = '/printing/module.js'): Node {
  const module = parseModule(name, text);
  if ('errors' in module) throw new SyntaxError(`${module.errors[0]!.message}\n${text}`);
  return module.program;
}

function printed(program: Node): { code: string; map: string } {
  const source = { path: 'file:///printing/module.js', text: '' };
  return printBundle('', [{ statements: program['body'] as Node[], source: 0 }], '', [source]);
}

/** Braces around a single statement, and `{ b: b }` for `{ b }`, say nothing. */
function plain(node: Node): Node {
  for (const key of ['body', 'consequent', 'alternate']) {
    const inner = node[key] as Node | null | undefined;
    if (inner?.type === 'BlockStatement' && !/Function|Try|Catch|Block/.test(node.type)) {
      const [only, ...others] = inner['body'] as Node[];
      if (only && others.length === 0) node[key] = only;
    }
  }
  if (node.type === 'Property' && node['key'].name === node['value'].name && node['key'].name !== '__proto__')
    node['shorthand'] ||= node['key'].name !== undefined && !node['computed'];
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === 'string') plain(child as Node);
  return node;
}

const structure = (program: Node): string =>
  (plain(program)['body'] as Node[]).map((statement) => new StructureTexts().of(statement)).join('\n');

function expectSame(text: string, name?: string): void {
  const program = parsed(text, name);
  const { code } = printed(program);
  expect(structure(parsed(code)), `${text}\n--- printed ---\n${code}`).toBe(structure(program));
}

// Imports and exports are linked away before anything is printed.
const linkedAway = /^\s*(import\b|export\b)/m;

test('the programs of the corpus', () => {
  const corpus = new URL('../corpus/', import.meta.url);
  let count = 0;
  for (const file of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(new URL(file, corpus), 'utf8').replaceAll(
      /^export default (?=(async )?function\s*\*?\s*\w)/gm,
      '',
    );
    if (linkedAway.test(text)) continue;
    expectSame(text, `/printing/${file}`);
    count++;
  }
  expect(count).toBeGreaterThan(500);
});

test.each([
  [
    'numbers',
    '(1).a; 1.5.a; -1; (-1) ** 2; 2 ** -1; (2 ** 3) ** 2; 2 ** 3 ** 2; a - -1; 1 in b; 0xff; 1e21; 5e-324; 1n; 10n.a',
  ],
  [
    'signs',
    'a + +b; a + ++b; a++ + b; a - -b; a - --b; - -a; + +a; -(-a); !(!a); - +a; typeof typeof a; a-- > b; a < !b',
  ],
  ['division and regular expressions', 'a / /x/g.exec(b); /x/ / a; /[/]/u in a; a ? /x/y : /y/'],
  [
    'logical operators',
    '(a ?? b) || c; a ?? (b || c); (a && b) ?? c; a ?? (b ?? c); (a ?? b) ?? c; a || b && c; (a || b) && c; a && (b && c)',
  ],
  [
    'commas',
    'a, b; (a, b).c; f((a, b), c); [(a, b)]; x = (a, b); a ? (b, c) : d; for (a, b; c, d; e, f); `${a, b}`',
  ],
  [
    'conditions',
    '(a ? b : c) ? d : e; a ? (b ? c : d) : e; a ? b : c ? d : e; (a = b) ? c : d; a ? b = c : d = e',
  ],
  [
    'arrows',
    '() => ({}); () => ({}).a; () => ({} instanceof a); () => [{}]; (a) => b ? c : d; (() => a)(); (() => a) ? b : c; async (a) => await b; async a => a; ({ a }) => a; (a = 1) => a; (...a) => a; () => (a, b); () => {}; x = () => {} ',
  ],
  [
    'statements like declarations',
    '({}); ({}).a; ({ a } = b); (function () {}); (function () {})(); (class {}).a; (async function () {}); ({}), a; [a] = b; (function () {} ? a : b); (class {})`x`',
  ],
  [
    'optional chains',
    'a?.b; a?.b.c; (a?.b).c; a?.(); a?.[b]; (a?.b)(); a.b?.c(); delete a?.b; new (a?.b)(); (a?.b)?.c; class A extends (a?.b) {}',
  ],
  [
    'new',
    'new a(); new a.b(c); new (a())(); new (a().b)(); new (a.b().c)(); new (new a())(); new new a()(); (new a()).b; new (class {})(); new (function () {})(); new a`x`(); new (import("x"))()',
  ],
  ['templates', '`a\n${b}c`; a`b${c}d`; `${`${a}`}`; `\\``; (a, b)`c`; a.b`c`; (() => a)`b`; `$\\{`'],
  ['texts', String.raw`'use strict'; 'it\'s'; ("a"); "\n\r\u2028\u2029\0\ud800\\"; '\u{1f600}'; f('"')`],
  [
    'names that are words',
    'async; for (async of => {}; a; b); for ((async) of b); get; set; of; ({ get: a, set: b, async: c, static: d, get, set }); ({ get() {}, set() {}, async() {}, get a() {}, set a(b) {}, async *c() {}, async ["d"]() {} })',
  ],
  [
    'properties',
    '({ a, b: b, c: d, "e": e, 1: f, [g]: h, ...i }); ({ __proto__: __proto__ }); ({ __proto__ }); ({ "__proto__": a }); ({ ["__proto__"]: a })',
  ],
  [
    'patterns',
    'let { a, b: c, d = 1, e: f = 2, ...g } = h; let [i, , j = 1, ...[k]] = l; ({ m, n: o.p, q: r[s] = t } = u); [, v, ,] = w; [x.y, ...z] = [,]',
  ],
  [
    'if',
    'if (a) b; else c; if (a) { if (b) c; } else d; if (a) if (b) c; else d; if (a) { for (;;) if (b) c } else d; if (a) {} else if (b) {} else {}; if (a) x: if (b) c; else d; if (a) ; else ;',
  ],
  [
    'loops',
    'for (;;) break; for (let a = ("b" in c); ;) break; for (var d = [e in f]; ;) break; for (const g in h, i) ; for (const j of (k, l)) ; while (a) ; do a; while (b) c; do { a } while (b); x: for (;;) { continue x } for (let a = () => { return b in c }; ;) break; for (a.b of c) d; for ([a] of b) ; for (let in_ = f(a in b); ;) break',
  ],
  ['switch', 'switch (a) { case 1: case 2: b; break; default: { c } case 3: let d; if (e) f; }'],
  ['try', 'try { a } catch { b } try { a } catch ({ b }) { c } finally { d } try { a } finally { b }'],
  [
    'classes',
    'class A extends (a, b) { static #a = 1; #b; c; "d"; [e] = f; static { g; } static async *h() {} get i() { return #b in this } set i(j) {} constructor() { super(); super.k } static; get; set; async; static static; static get; *l() {} static async m() {} #n() {} }; class B {} (class extends a.b {}); class C { a = (b, c); d }',
  ],
  [
    'yield',
    'function* a() { yield; yield* b; yield a, b; (yield) ? c : d; (yield a).b; x = yield y; [yield, yield a]; f(yield) } async function* c() { for await (const d of e) yield await f; (await a) ** 2; await (a, b); -await a; (await a)(); await a ? b : c }',
  ],
  [
    'using',
    'function a() { using b = c; for (using d of e) ; } async function f() { await using g = h; for await (await using i of j) ; }',
  ],
  ['meta', 'import.meta.url; import("a"); import("a", b); function a() { new.target; new new.target() }'],
  ['labels', 'a: { break a } b: while (c) { d: { continue b } } e: f: for (;;) break e'],
])('%s', (_, text) => {
  expectSame(text);
});

const BINARY = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '**',
  '<',
  '>=',
  '==',
  '!==',
  '<<',
  '>>>',
  '&',
  '|',
  '^',
  'in',
  'instanceof',
];
const text = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression').map((value) => `(${value})`);
  return {
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc
        .constantFrom(
          'a',
          'b.c',
          '1',
          '-1',
          '1.5',
          '2n',
          '"t"',
          '/r/g',
          'this',
          'null',
          '{}',
          '[]',
          '`x`',
          'class {}',
          'function () {}',
        )
        .map((value) => (value === '{}' ? '({})' : value)),
      fc.tuple(inner, fc.constantFrom(...BINARY, '&&', '||', '??'), inner).map((parts) => parts.join(' ')),
      fc
        .tuple(fc.constantFrom('-', '+', '!', '~', 'typeof ', 'void ', 'delete '), inner)
        .map((parts) => parts.join('')),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}, ${b}`),
      inner.map((value) => `x.y = ${value}`),
      inner.map((value) => `() => ${value}`),
      inner.map((value) => `async (p) => ${value}`),
      inner.map((value) => `${value}.p`),
      inner.map((value) => `${value}?.p`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}[${b}]`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}(${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}?.(...${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `new ${a}(${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `${a}\`u\${${b}}v\``),
      fc.tuple(inner, inner).map(([a, b]) => `[${a}, ...${b}]`),
      fc.tuple(inner, inner).map(([a, b]) => `({ k: ${a}, ...${b} })`),
      inner.map((value) => `class extends ${value} {}`),
      fc.constantFrom('x.y++', '--x.y', 'x.y **= 2', 'await q', 'await q.r'),
    ),
  };
}).expression;

test('expressions in every surrounding', () => {
  fc.assert(
    fc.property(text, (expression) => {
      for (const statement of [
        `${expression};`,
        `(${expression});`,
        `z = (${expression});`,
        `for (let i = (${expression}); ;) ;`,
      ]) {
        let program: Node;
        try {
          program = parsed(statement);
        } catch {
          continue; // `delete (a)`, `new (a?.b)`: not every operand may stand everywhere.
        }
        const { code } = printed(program);
        expect(structure(parsed(code)), `${statement}\n--- printed ---\n${code}`).toBe(structure(program));
      }
    }),
    { numRuns: 500 },
  );
});

test('names, calls and statements are found in the source again', () => {
  const source =
    'const a = () => 1;\nfor (const b of [a]) {\n  b.c(`\n${a}`, new\n  a.b());\n  a()[0](a);\n}\n';
  const { code, map } = printed(parsed(source));
  const trace = new TraceMap(map);
  const lines = code.split('\n');
  const originalOf = (pattern: RegExp): string => {
    const line = lines.findIndex((each) => pattern.test(each));
    const { index } = pattern.exec(lines[line]!)!;
    const found = originalPositionFor(trace, { line: line + 1, column: index });
    return `${found.line}:${found.column}`;
  };
  expect(originalOf(/const a/)).toBe('1:0');
  expect(originalOf(/for\(/)).toBe('2:0');
  expect(originalOf(/c\(`/)).toBe('3:4');
  expect(originalOf(/new a/)).toBe('4:7');
  expect(originalOf(/b\(\)\)/)).toBe('5:4');
  expect(originalOf(/\(a\)/)).toBe('6:8');
  expect(originalOf(/a\)/)).toBe('6:9');
});
