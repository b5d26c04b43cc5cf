/**
 * Random programs that end. Every loop and function burns fuel where it starts, outside of any `try` that it contains; without fuel
 * that throws, so nothing can go on for ever. Everything that happens is noted in one log, by concurrent branches too.
 */
import { array, number, object, writable } from './expressions.ts';
import type { Compound, Piece } from './program-tree.ts';
import { print } from './program-tree.ts';
import { Random } from './random.ts';
import { Scope } from './scope.ts';

const PRELUDE = `const log = [];
let fuel = 40;
const burn = () => { if (--fuel < 0) throw 'no fuel'; return true; };
const note = (place, value) => { log.push([place, typeof value === 'object' ? { ...value } : value]); return value; };
const text = (error) => error instanceof Error ? [error.name, error.message, error.error && text(error.error), error.suppressed && text(error.suppressed)] : error;
const later = async (value) => { note('later', value); await null; note('now', value); return value; };
const spawn = (promise) => { promise.then((value) => note('done', value), (error) => note('failed', text(error))); return promise; };
const sum = (...all) => all.reduce((a, b) => (a + b) | 0, 0);
const tag = (strings, ...values) => note(strings.raw.join('-'), sum(...values));
const resource = (name) => ({ [Symbol.dispose]() { note('dispose', name); } });
const slowResource = (name) => ({ async [Symbol.asyncDispose]() { note('closing', name); await null; note('closed', name); } });
const list = (values) => ({ [Symbol.iterator]() { let i = 0; return { next() { note('next', i); return { done: i >= values.length, value: values[i++] }; }, return() { note('return', i); return {}; } }; } });
class Cell {
  #x;
  constructor(x) { this.#x = x; }
  static of(x) { return new this(x); }
  get x() { return this.#x; }
  async add(y) { burn(); const before = this.#x; this.#x += await later(y); return sum(before, this.#x); }
  async swap(y) { burn(); [this.#x, y] = [y, await this.#x]; return note('swap', this.#x - y); }
}
`;

export interface Program {
  readonly body: readonly Piece[];
}

export function generate(seed: number): Program {
  const scope = new Scope(new Random(seed));
  return { body: block(scope, 3 + scope.random.below(4)) };
}

/** A module whose default export is the program. */
export function source({ body }: Program): string {
  return `${PRELUDE}export default async function main() {
  let outcome;
  try {
    outcome = await run();
  } catch (error) {
    outcome = text(error);
  }
  for (let i = 0; i < 60; i++) await null;
  return [outcome, [...log], fuel];
}
async function run() {
${print(body, '  ')}}
`;
}

/** Statements of a block. Functions declared in it are known from its start and may use everything it declares. */
function block(scope: Scope, size: number): Piece[] {
  const { random } = scope;
  const hoisted = random.chance(25) && scope.depth < 6 ? scope.fresh('f') : undefined;
  const async = random.chance(70);
  if (hoisted) scope.declare(hoisted, async ? 'async' : 'sync', true);
  const pieces: Piece[] = [];
  for (let count = 0; count < size; count++) pieces.push(statement(scope));
  if (hoisted) {
    const fn = functionPiece(scope, `${async ? 'async ' : ''}function ${hoisted}`, async, '', '}');
    pieces.splice(random.below(pieces.length + 1), 0, fn);
  }
  return pieces;
}

function body(scope: Scope): Piece[] {
  return block(scope, 1 + scope.random.below(3));
}

function functionPiece(
  scope: Scope,
  open: string,
  async: boolean,
  arrow: string,
  close: string,
  hasThis = scope.hasThis,
): Compound {
  const inner = scope.functionBody(
    async,
    hasThis && arrow !== '' ? scope.hasThis : hasThis && open.includes(' m'),
  );
  const { random } = scope;
  const first = inner.declare(inner.fresh('p'), 'number');
  const second = inner.declare(inner.fresh('q'), 'number');
  const parameters =
    first === second
      ? first
      : random.pick([
          `${first}, ${second} = ${first}`,
          `${first} = 1, ${second} = 2`,
          `${first}, ...[${second} = 3]`,
        ]);
  const pieces: Piece[] = ['burn();', ...body(inner), `return ${number(inner)};`];
  return { sections: [{ open: `${open}(${parameters}) ${arrow}{`, body: pieces }], close };
}

function statement(scope: Scope): Piece {
  const { random } = scope;
  const simple = scope.depth > 4 || random.chance(35 + 5 * scope.depth);
  return simple ? simpleStatement(scope) : compound(scope);
}

function simpleStatement(scope: Scope): Piece {
  const { random } = scope;
  switch (random.below(14)) {
    case 0:
    case 1: {
      const value = number(scope);
      const constant = random.chance(30);
      return `${constant ? 'const' : 'let'} ${scope.declare(scope.fresh('x'), 'number', constant)} = ${value};`;
    }
    case 2: {
      const value = array(scope);
      return `const ${scope.declare(scope.fresh('l'), 'array', true)} = ${value};`;
    }
    case 3: {
      const value = object(scope);
      return `const ${scope.declare(scope.fresh('o'), 'object', true)} = ${value};`;
    }
    case 4: {
      const value = object(scope);
      const fallback = number(scope);
      return `let { a: ${scope.declare(scope.fresh('x'), 'number')}, zz: ${scope.declare(scope.fresh('x'), 'number')} = ${fallback} } = ${value};`;
    }
    case 5: {
      const value = random.chance(30) ? `list(${array(scope)})` : array(scope);
      const fallback = number(scope);
      return `let [${scope.declare(scope.fresh('x'), 'number')}, , ${scope.declare(scope.fresh('x'), 'number')}, ${scope.declare(scope.fresh('x'), 'number')} = ${fallback}] = ${value};`;
    }
    case 6: {
      const [first, second] = [writable(scope), writable(scope)];
      return first && second
        ? random.pick([
            `[${first}, ${second} = ${number(scope)}] = ${array(scope)};`,
            `({ a: ${first}, zz: ${second} = ${number(scope)} } = ${object(scope)});`,
          ])
        : `note('n', ${number(scope)});`;
    }
    case 7: {
      const fn = scope.find('async');
      return fn ? `spawn(${fn}(${number(scope)}));` : `note('n', ${number(scope)});`;
    }
    case 8:
      if (scope.breaks.length > 0 && random.chance(70)) {
        const label = random.pick(scope.breaks);
        return `if (${number(scope, 1)} > 2) break${label && ` ${label}`};`;
      }
      return `note('e', ${number(scope)});`;
    case 9:
      if (scope.continues.length > 0 && random.chance(70)) {
        const label = random.pick(scope.continues);
        return `if (${number(scope, 1)} > 2) continue${label && ` ${label}`};`;
      }
      return `note('e', ${number(scope)});`;
    case 10:
      return random.chance(40)
        ? `if (${number(scope, 1)} > 3) ${random.pick(['throw', 'return'])} ${number(scope)};`
        : `${number(scope)};`;
    case 11:
      return random.chance(30) ? `throw ${number(scope)};` : `note('t', ${number(scope)});`;
    case 12: {
      const value = number(scope);
      const name = scope.declare(scope.fresh('v'), 'number');
      return name.startsWith('v') ? `var ${name} = ${value};` : `let ${name} = ${value};`;
    }
    default: {
      const place = writable(scope);
      return place
        ? `${place} ${random.pick(['=', '+=', '||='])} ${number(scope)};`
        : `note('w', ${number(scope)});`;
    }
  }
}

function compound(scope: Scope): Piece {
  const { random } = scope;
  switch (random.below(13)) {
    case 0:
    case 1: {
      const test = number(scope, 2);
      const sections = [{ open: `if (${test} > 1) {`, body: body(scope.inner()) }];
      if (random.chance(50)) sections.push({ open: '} else {', body: body(scope.inner()) });
      return { sections, close: '}' };
    }
    case 2:
    case 3:
    case 4:
      return loop(scope);
    case 5:
    case 6:
    case 7:
      return tryStatement(scope);
    case 8:
      return switchStatement(scope);
    case 9: {
      const label = scope.fresh('block');
      const inner = scope.inner({ breaks: [...scope.breaks, label] });
      return { sections: [{ open: `${label}: {`, body: body(inner) }], close: '}' };
    }
    case 10: {
      const inner = scope.inner();
      const isAsync = scope.async && random.chance(50);
      const using = `${isAsync ? 'await using' : 'using'} ${inner.fresh('u')} = ${isAsync ? 'slowResource' : 'resource'}(${number(inner, 1)});`;
      return { sections: [{ open: '{', body: [using, ...body(inner)] }], close: '}' };
    }
    case 11: {
      const fields = `a: ${number(scope, 1)}, b: 1`;
      const name = scope.fresh('o');
      const method = functionPiece(scope, 'async m', true, '', '},', true);
      scope.declare(name, 'object', true);
      scope.declare(`${name}.m`, 'async', true);
      return { sections: [{ open: `const ${name} = { ${fields},`, body: [method] }], close: '};' };
    }
    default: {
      const async = random.chance(70);
      const name = scope.fresh('g');
      const piece = functionPiece(scope, `const ${name} = ${async ? 'async ' : ''}`, async, '=> ', '};');
      scope.declare(name, async ? 'async' : 'sync', true);
      return piece;
    }
  }
}

function loop(scope: Scope): Piece {
  const { random } = scope;
  const label = random.chance(35) ? scope.fresh('loop') : '';
  const names = label ? ['', label] : [''];
  const inner = scope.inner({
    breaks: [...scope.breaks, ...names],
    continues: [...scope.continues, ...names],
  });
  const prefix = label && `${label}: `;
  const heads: (() => string)[] = [
    () => {
      const test = number(scope, 1);
      const i = inner.declare(inner.fresh('i'), 'number');
      return `for (let ${i} = 0; burn() && ${i} < ${random.pick(['3', '2', `(${test} & 3)`])}; ${i}++${random.chance(20) ? `, ${number(inner, 1)}` : ''}) {`;
    },
    () => {
      const values = random.chance(40) ? `list(${array(scope)})` : array(scope);
      return `for (${random.pick(['const', 'let'])} ${inner.declare(inner.fresh('i'), 'number', true)} of ${values}) {`;
    },
    () => {
      const values = `[${array(scope)}, ${array(scope)}]`;
      const fallback = number(scope, 1);
      return `for (const [${inner.declare(inner.fresh('i'), 'number', true)}, , , ${inner.declare(inner.fresh('i'), 'number', true)} = ${fallback}] of ${values}) {`;
    },
    () => {
      const place = writable(scope);
      return place ? `for (${place} of ${array(scope)}) {` : `while (burn() && ${number(scope, 1)} < 3) {`;
    },
    () => `for (const key${inner.depth} in ${object(scope)}) {`,
    () => `while (burn() && ${number(scope, 2)} < 3) {`,
  ];
  if (random.chance(12)) {
    return {
      sections: [{ open: `${prefix}do {`, body: body(inner) }],
      close: `} while (burn() && ${number(scope, 1)} < 3);`,
    };
  }
  const open = random.pick(heads)();
  return { sections: [{ open: `${prefix}${open}`, body: ['burn();', ...body(inner)] }], close: '}' };
}

function tryStatement(scope: Scope): Piece {
  const { random } = scope;
  const sections = [{ open: 'try {', body: body(scope.inner()) }];
  const hasCatch = random.chance(75);
  if (hasCatch) {
    const inner = scope.inner();
    sections.push({ open: '} catch (error) {', body: ["note('caught', text(error));", ...body(inner)] });
  }
  if (!hasCatch || random.chance(45)) {
    const inner = scope.inner();
    sections.push({ open: '} finally {', body: ["note('finally', 0);", ...body(inner)] });
  }
  return { sections, close: '}' };
}

function switchStatement(scope: Scope): Piece {
  const { random } = scope;
  const subject = `${number(scope, 2)} & 3`;
  const inner = scope.inner({ breaks: [...scope.breaks, ''] });
  const cases: Piece[] = [];
  const last = random.below(4);
  for (let index = 0; index < 4; index++) {
    const open = index === last ? 'default:' : `case ${random.chance(40) ? number(inner, 1) : index}:`;
    const statements = body(inner);
    if (random.chance(50)) statements.push('break;');
    cases.push({ sections: [{ open, body: statements }], close: '' });
  }
  return { sections: [{ open: `switch (${subject}) {`, body: cases }], close: '}' };
}
