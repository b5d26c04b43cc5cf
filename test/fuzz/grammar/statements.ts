/** Random blocks and simple statements. */
import { compound } from './compound.ts';
import {
  arrowFunction,
  functionDeclaration,
  functionExpression,
  functionKind,
  namedExpression,
} from './functions.ts';
import { leaf, number, writable } from './numbers.ts';
import type { Scope } from './scope.ts';
import { array, booleanTest, lazy, object, promise } from './values.ts';

/** Statements of a block, a line each. A function declared in it is known from its start and may use everything that it declares. */
export function block(scope: Scope, size: number): string {
  const { random } = scope;
  const hoisted = random.chance(15) && scope.depth < 7 && scope.shared.budget > 15;
  const kind = functionKind(scope);
  const name = hoisted ? scope.declare(scope.fresh('f'), kind, true) : '';
  // Most hoisted functions see what is outside only: the others often meet variables that have no value yet.
  const early = hoisted && random.chance(70) ? functionDeclaration(scope, name, kind) : undefined;
  const lines: string[] = [];
  for (let count = 0; count < size; count++) {
    if (!scope.spend()) {
      lines.push(`note('end', ${leaf(scope)});`);
      break;
    }
    lines.push(statement(scope));
  }
  if (hoisted) {
    const declaration = early ?? functionDeclaration(scope, name, kind);
    lines.splice(random.below(lines.length + 1), 0, declaration);
  }
  return lines.join('\n');
}

function statement(scope: Scope): string {
  const { random } = scope;
  const simple = scope.depth > 5 || scope.shared.budget < 6 || random.chance(40 + 5 * scope.depth);
  return simple ? simpleStatement(scope) : compound(scope);
}

type Make = (scope: Scope) => string | undefined;

function simpleStatement(scope: Scope): string {
  const { random } = scope;
  const groups: readonly [number, readonly Make[]][] = [
    [40, declarations],
    [20, assignments],
    [15, jumps],
    [25, effects],
  ];
  let at = random.below(100);
  for (const [weight, makes] of groups) {
    at -= weight;
    if (at >= 0) continue;
    const made = random.pick(makes)(scope);
    if (made !== undefined) return made;
  }
  return `note('n', ${number(scope)});`;
}

const declarations: readonly Make[] = [
  (scope) => declareNumber(scope),
  (scope) => declareNumber(scope),
  (scope) => declareNumber(scope),
  (scope) => {
    const value = array(scope);
    return `const ${scope.declare(scope.fresh('l'), 'array', true)} = ${value};`;
  },
  (scope) => {
    const value = object(scope);
    return `const ${scope.declare(scope.fresh('o'), 'object', true)} = ${value};`;
  },
  (scope) => {
    const value = promise(scope, 2);
    return `const ${scope.declare(scope.fresh('w'), 'promise', true)} = spawn(${value});`;
  },
  (scope) => {
    const [first, second] = [`[${number(scope, 2)}, ${number(scope, 1)}]`, `[${number(scope, 1)}, 3]`];
    return `const ${scope.declare(scope.fresh('m'), 'map', true)} = new Map([${first}, ${second}]);`;
  },
  (scope) => {
    const value = array(scope);
    return `const ${scope.declare(scope.fresh('s'), 'set', true)} = new Set(${value});`;
  },
  (scope) => {
    const found = scope.lookUp('class');
    if (!found) return undefined;
    const value = `new ${found.name}(${number(scope, 2)})`;
    return `const ${scope.declare(scope.fresh('c'), 'instance', true, found.info)} = ${value};`;
  },
  (scope) => {
    const value = object(scope);
    const fallback = number(scope);
    const key = scope.random.pick(["['a']", 'a', scope.async ? "[await soon('a')]" : "'a'"]);
    return `let { ${key}: ${scope.declare(scope.fresh('x'), 'number')}, zz: ${scope.declare(scope.fresh('x'), 'number')} = ${fallback}, ...${scope.declare(scope.fresh('o'), 'object')} } = ${value};`;
  },
  (scope) => {
    const value = scope.random.chance(40) ? `list(${array(scope)})` : array(scope);
    const fallback = number(scope);
    const rest = scope.random.chance(40) ? `, ...${scope.declare(scope.fresh('l'), 'array')}` : '';
    return `let [${scope.declare(scope.fresh('x'), 'number')}, , ${scope.declare(scope.fresh('x'), 'number')} = ${fallback}${rest}] = ${value};`;
  },
  (scope) => {
    const value = object(scope, 1);
    const inner = number(scope, 2);
    return `const { b: [${scope.declare(scope.fresh('x'), 'number', true)}] = [${inner}], a: { length: ${scope.declare(scope.fresh('x'), 'number', true)} } = [] } = { ...${value}, b: undefined };`;
  },
  (scope) => functionVariable(scope),
  (scope) => functionVariable(scope),
  (scope) => {
    const value = functionExpression(scope, false, 1);
    return `const ${scope.declare(scope.fresh('fs'), 'closures', true)} = [${value}];`;
  },
  (scope) => {
    const fn = scope.find('generator');
    if (!fn) return undefined;
    const value = `${fn}(${number(scope, 1)}, 1)`;
    return `const ${scope.declare(scope.fresh('it'), 'iterator', true)} = ${value};`;
  },
  (scope) => {
    const value = lazy(scope, 1);
    return `const ${scope.declare(scope.fresh('it'), 'iterator', true)} = ${value};`;
  },
  (scope) => {
    const value = scope.random.pick(['/b/g', '/a(b+)/gu', '/[ab]/y']);
    return `const ${scope.declare(scope.fresh('re'), 'regexp', true)} = ${value};`;
  },
  (scope) => `const ${scope.declare(scope.fresh('wm'), 'weak', true)} = new WeakMap();`,
  (scope) => {
    const value = array(scope);
    return `const ${scope.declare(scope.fresh('ta'), 'typed', true)} = new ${scope.random.pick(['Uint8Array', 'Float64Array', 'Int16Array'])}(${value});`;
  },
  (scope) => {
    const value = `${array(scope, 1)}${scope.random.pick(['.values()', '.keys()', '[Symbol.iterator]()'])}`;
    return `const ${scope.declare(scope.fresh('it'), 'iterator', true)} = ${value};`;
  },
];

function declareNumber(scope: Scope): string {
  const { random } = scope;
  if (random.chance(10)) {
    const name = scope.fresh('x');
    scope.declare(name, 'number');
    return `let ${name};`;
  }
  const value = number(scope);
  if (random.chance(20)) {
    const name = `v${scope.shared.next++}`;
    return `var ${scope.declare(name, 'number')} = ${value};`;
  }
  const constant = random.chance(30);
  return `${constant ? 'const' : 'let'} ${scope.declare(scope.fresh('x'), 'number', constant)} = ${value};`;
}

function functionVariable(scope: Scope): string | undefined {
  const { random } = scope;
  if (scope.shared.budget < 10) return undefined;
  if (random.chance(65)) {
    const kind = random.chance(65) ? 'async' : 'sync';
    const name = scope.fresh('g');
    const text = arrowFunction(scope, kind);
    return `const ${scope.declare(name, kind, true)} = ${text};`;
  }
  const kind = functionKind(scope);
  const text = namedExpression(scope, kind);
  return `const ${scope.declare(scope.fresh('h'), kind, true)} = ${text};`;
}

const assignments: readonly Make[] = [
  (scope) => {
    const place = writable(scope);
    return (
      place && `${place} ${scope.random.pick(['=', '+= 1 *', '||=', '&&=', '??=', '-='])} ${number(scope)};`
    );
  },
  (scope) => {
    const place = writable(scope);
    return place && `${place} = ${number(scope)};`;
  },
  (scope) => {
    const [first, second] = [writable(scope), writable(scope)];
    if (!first || !second) return undefined;
    return scope.random.pick([
      `[${first}, ${second} = ${number(scope)}] = ${scope.random.chance(40) ? `list(${array(scope)})` : array(scope)};`,
      `({ a: ${first}, zz: ${second} = ${number(scope)} } = ${object(scope)});`,
      `[${first}, ${second}] = [${second}, ${number(scope, 2)}];`,
      `({ a: ${first}, ...${second} } = ${object(scope)}); ${second} = 1;`,
    ]);
  },
  (scope) => {
    const fs = scope.find('closures');
    return fs && `${fs}.push(${functionExpression(scope, false, 1)});`;
  },
  (scope) => {
    const list = scope.find('array');
    return (
      list &&
      `${list}.${scope.random.pick([`push(${number(scope, 1)})`, 'pop()', `unshift(${number(scope, 1)})`, 'sort()', 'length = 2'])};`
    );
  },
  (scope) => {
    const name = scope.find('object');
    return name && `${name}.${scope.random.pick(['c', 'zz'])} = ${number(scope)};`;
  },
];

const jumps: readonly Make[] = [
  (scope) => jump(scope, 'break', scope.context.breaks),
  (scope) => jump(scope, 'continue', scope.context.continues),
  (scope) => jump(scope, 'break', scope.context.breaks),
  (scope) => jump(scope, 'continue', scope.context.continues),
  (scope) => `if (${booleanTest(scope, 2)} && ${leaf(scope)} > 3) return ${number(scope)};`,
  (scope) =>
    `if (${leaf(scope)} > 4) throw ${scope.random.pick([number(scope, 2), `new Fault(${number(scope, 2)})`, `new Error('e', { cause: ${number(scope, 1)} })`])};`,
  (scope) =>
    scope.async && scope.random.chance(40)
      ? `if (${leaf(scope)} > 3) await fail(${number(scope, 1)});`
      : undefined,
  (scope) => (scope.random.chance(15) ? `throw ${number(scope)};` : undefined),
];

function jump(scope: Scope, word: string, labels: readonly string[]): string | undefined {
  if (labels.length === 0) return undefined;
  const label = scope.random.pick(labels);
  return `if (${booleanTest(scope, 2)}) ${word}${label && ` ${label}`};`;
}

const effects: readonly Make[] = [
  (scope) => `note('n', ${number(scope)});`,
  (scope) => `note('n', ${number(scope)});`,
  (scope) => `note('l', ${array(scope)});`,
  (scope) => `note('o', ${object(scope)});`,
  (scope) => `${number(scope)};`,
  (scope) => `spawn(${promise(scope, 3)});`,
  (scope) => {
    const fn = scope.find('async');
    return fn && `spawn(${fn}(${number(scope)}));`;
  },
  (scope) => {
    const fn = scope.find('async');
    return fn && `spawn(${fn}(${number(scope)}, 1));`;
  },
  (scope) => `setTimeout((x) => note('timer', x), ${scope.random.below(4)}, ${number(scope, 2)});`,
  (scope) => `queueMicrotask(() => note('micro', ${scope.random.below(9)}));`,
  (scope) => (scope.async ? `await null;` : ';'),
  (scope) => (scope.async ? `await sleep(${scope.random.below(4)});` : undefined),
  (scope) => {
    const map = scope.find('map') ?? scope.find('set');
    return map && `note('all', ${map});`;
  },
  (scope) => {
    const it = scope.find('iterator');
    return it && `note('it', ${it}.next().value);`;
  },
  (scope) => {
    const it = scope.find('iterator');
    if (!it) return undefined;
    const use = scope.random.pick([
      `return?.(${number(scope, 1)})`,
      `throw?.(${number(scope, 1)})`,
      `next(${number(scope, 1)})`,
    ]);
    return `note('it', ${it}.${use});`;
  },
  (scope) => {
    const it = scope.find('iterator');
    return (
      it &&
      `for (const i of ${it}) { burn(); note('rest', i); ${scope.async ? 'await null;' : ''} if (i > 2) break; }`
    );
  },
  (scope) => {
    const name = scope.fresh('t');
    return `const ${name} = setInterval(() => { note('tick', ${number(scope.functionBody({}), 1)}); if (${scope.random.below(2)} || burn()) clearInterval(${name}); }, 2);`;
  },
  (scope) => {
    if (!scope.context.isMain) return undefined;
    const value = functionExpression(scope, scope.random.chance(40), 0);
    return `note('saved', await checkpoint({ commit: ${value}, recover: ${value} }));`;
  },
];
