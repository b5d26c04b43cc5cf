/** Programs that must be refused: each with its diagnostic. */
import { describe, expect, test } from 'vitest';
import { CompileError, compileSource } from '../../src/compiler/index.ts';

const refused: Record<string, string> = {
  'syntax error': 'export default async function main() { return 1 +; }',
  'no default export': 'export async function main() { return 1; }',
  'module not found': "import { x } from './nowhere.ts';\nexport default async () => x;",
  'top-level await': 'const x = await 1;\nexport default async () => x;',
  'for await at module level': 'for await (const x of [1]) console.log(x);\nexport default async () => 1;',
  'top-level await using': 'await using x = null;\nexport default async () => x;',
  decorator:
    'function log(value: any) { return value; }\n@log class A {}\nexport default async () => new A();',
  'auto-accessor': 'class A { accessor x = 1; }\nexport default async () => new A().x;',
  'super() in an async arrow':
    'class A {}\nclass B extends A {\n  constructor() {\n    const init = async () => super();\n    init();\n  }\n}\nexport default async () => new B();',
  'async call at module level':
    'async function load() { return 1; }\nconst ready = load();\nexport default async () => ready;',
  'async function called at once at module level':
    'export const ready = (async () => 1)();\nexport default async () => ready;',
  'generator as default export': 'export default function* main() { yield 1; }',
  'async generator exported by name as default':
    'async function* main() { yield 1; }\nexport { main as default };',
  'generator in a variable as default export':
    'const main = function* () { yield 1; };\nexport default main;',
  'direct eval': "export default async () => eval('1 + 1');",
  'state of a loop at module level':
    'const list: (() => number)[] = [];\nfor (let n = 0; n < 2; n++) list.push(() => ++n);\nexport default async () => list[0]!();',
  'assignment to an import':
    "import { basename } from 'node:path';\nexport default async () => {\n  ({ basename } = { basename: null as never });\n};",
  'dynamic import of a relative module': "export default async () => import('./other.ts');",
};

function messageOf(source: string): string {
  try {
    compileSource(source, '/scripts/refused.ts');
  } catch (error) {
    if (error instanceof CompileError) return error.message.replaceAll('/scripts/', '');
    throw error;
  }
  throw new Error('The program was not refused.');
}

describe('programs that must be refused', () => {
  for (const [name, source] of Object.entries(refused)) {
    test(name, () => {
      expect(messageOf(source)).toMatchSnapshot();
    });
  }

  test('all diagnostics of a module come at once, each with its place', () => {
    const source =
      'await null;\nexport default async function main() {\n  await import("./b.ts");\n  return eval("1");\n}';
    try {
      compileSource(source, '/scripts/many.ts');
      expect.unreachable();
    } catch (error) {
      const { diagnostics } = error as CompileError;
      expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual([
        ['WM1013', 1, 1],
        ['WM1025', 3, 9],
        ['WM1024', 4, 10],
      ]);
    }
  });

  test('an export that does not exist is named', () => {
    const source = "import { gone } from './_lib/counter.ts';\nexport default async () => gone;";
    const filename = new URL('../corpus/imports/refused.ts', import.meta.url).pathname;
    expect(() => compileSource(source, filename)).toThrow(CompileError);
  });
});
