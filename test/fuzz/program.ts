/**
 * Random programs that end. Every function and every round of a loop burns fuel, which throws when it is used up.
 * A program is a module, sometimes with parts that it imports; everything that happens is noted, by concurrent branches too.
 */
import { classDeclaration } from './grammar/classes.ts';
import { functionDeclaration, functionKind } from './grammar/functions.ts';
import { type Features, Scope } from './grammar/scope.ts';
import { block } from './grammar/statements.ts';
import type { Program } from './batch.ts';
import { PRELUDE_NAMES } from './prelude.ts';
import { Random } from './random.ts';

export const FEATURES: Features = { generators: true, localClasses: true };

/** The program of a seed. */
export function generate(seed: number, features: Features = FEATURES): Program {
  const random = new Random(seed);
  const budget = random.pick([15, 25, 35, 50, 60, 100]);
  const scope = new Scope({ random, features, budget, next: 0 });
  const parts: Record<string, string> = {};
  const lines: string[] = [];
  if (random.chance(15)) {
    parts['part-a.js'] = partModule(random, features);
    parts['part-b.js'] = PART_B;
    lines.push(importOf(scope));
  }
  if (random.chance(20)) lines.push(stateOf(scope));
  const classes = random.pick([0, 0, 1, 1, 2]);
  for (let count = 0; count < classes; count++) lines.push(classDeclaration(scope));
  if (random.chance(35)) {
    const kind = functionKind(scope);
    const name = scope.fresh('f');
    lines.push(functionDeclaration(scope, name, kind));
    scope.declare(name, kind, true);
  }
  scope.shared.budget = Math.max(scope.shared.budget, 20);
  const inner = scope.functionBody({ async: true, hasArguments: true, isMain: true });
  lines.push(MAIN, `async function run() {`, block(inner, 3 + random.below(4)), '}');
  return { seed, main: withImports(lines.join('\n')), parts };
}

/** Imports what is used only: the compiler looks at each import. */
function withImports(source: string): string {
  const used = (names: readonly string[]): string => names.filter((name) => source.includes(name)).join(', ');
  return `import { ${used(PRELUDE_NAMES)} } from './prelude.js';\nimport { ${used(['checkpoint', 'sleep'])} } from 'waymark';\n${source}\n`;
}

/** Says how the program proper ended, and waits until all its branches and timers are through. */
const MAIN = `export default async function main() {
run().then((value) => note('run done', value), (error) => note('run failed', error));
await new Promise((resolve) => { setTimeout(resolve, 1000); });
return 'end';
}`;

/** Variables of the module: they belong to the instance. */
function stateOf(scope: Scope): string {
  const { random } = scope;
  const lines: string[] = [];
  for (let count = 1 + random.below(2); count > 0; count--) {
    const name = `state${scope.shared.next++}`;
    lines.push(
      random.pick([
        () => `let ${scope.declare(name, 'number')} = ${random.below(9)};`,
        () => `const ${scope.declare(name, 'object', true)} = { a: 1, b: 2 };`,
        () => `const ${scope.declare(name, 'map', true)} = new Map([[1, 2]]);`,
        () => `const ${scope.declare(name, 'array', true)} = [1, 2];`,
      ])(),
    );
  }
  return lines.join('\n');
}

/** A module with state that others see through live bindings. */
function partModule(random: Random, features: Features): string {
  const scope = new Scope({ random, features, budget: 15, next: 500 });
  scope.declare('count', 'number');
  scope.declare('add', 'async', true);
  const cls = random.chance(50)
    ? `export ${classDeclaration(scope).replace(/^class \S+/, 'class Shared')}`
    : 'export const Shared = undefined;';
  const add = `export async function add(p, q) {\nburn();\ncount += p;\nnote('count', sum(count, seen()));\n${block(scope.functionBody({ async: true, hasArguments: true }), 2)}\nreturn q;\n}`;
  return withImports(
    `import { seen } from './part-b.js';\nexport let count = 1;\n${cls}\n${add}\nexport default function (x) { return sum(x, ++count); }`,
  );
}

/** Imports and is imported: a cycle, through which live bindings are seen. */
const PART_B = `import { count } from './part-a.js';
export * from './part-a.js';
export function seen() { return note('seen', count); }
`;

function importOf(scope: Scope): string {
  scope.declare('live', 'number', true);
  scope.declare('all.count', 'number', true);
  scope.declare('add', 'async', true);
  scope.declare('all.add', 'async', true);
  scope.declare('byDefault', 'sync', true);
  scope.declare('all.seen', 'sync', true);
  return `import byDefault, { count as live, add } from './part-a.js';\nimport * as all from './part-b.js';`;
}
