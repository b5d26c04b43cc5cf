/** Random statements that contain statements. */
import { classDeclaration } from './classes.ts';
import { functionDeclaration, functionKind, method } from './functions.ts';
import { leaf, number, writable } from './numbers.ts';
import type { Method, Receiver, Scope } from './scope.ts';
import { block } from './statements.ts';
import { array, booleanTest, lazy, object } from './values.ts';

const body = (scope: Scope): string => block(scope, 1 + scope.random.below(3));
const braces = (text: string): string => `{\n${text}\n}`;

export function compound(scope: Scope): string {
  const { random } = scope;
  switch (random.below(15)) {
    case 0:
    case 1: {
      const head = `if (${booleanTest(scope, 2)}) ${braces(body(scope.inner()))}`;
      if (random.chance(50)) return head;
      const second = random.chance(40) ? `if (${booleanTest(scope, 2)}) ` : '';
      return `${head} else ${second}${braces(body(scope.inner()))}`;
    }
    case 2:
    case 3:
    case 4:
    case 5:
      return loop(scope);
    case 6:
    case 7:
    case 8:
      return tryStatement(scope);
    case 9:
      return switchStatement(scope);
    case 10: {
      const label = `block${scope.shared.next++}`;
      return `${label}: ${braces(body(scope.inner({ breaks: [...scope.context.breaks, label] })))}`;
    }
    case 11:
      return usingBlock(scope);
    case 12:
      return objectWithMethod(scope);
    case 13: {
      const kind = functionKind(scope);
      const name = scope.declare(scope.fresh('f'), kind, true);
      return functionDeclaration(scope, name, kind);
    }
    default:
      if (scope.shared.features.localClasses && random.chance(60)) return classDeclaration(scope);
      return braces(body(scope.inner()));
  }
}

function usingBlock(scope: Scope): string {
  const { random, async } = scope;
  const inner = scope.inner();
  const lines: string[] = [];
  const count = 1 + random.below(2);
  for (let index = 0; index < count; index++) {
    const slow = async && random.chance(50);
    const value = random.chance(10)
      ? 'null'
      : `${slow && random.chance(70) ? 'slowResource' : 'resource'}(${number(inner, 1)})`;
    lines.push(`${slow ? 'await using' : 'using'} ${inner.fresh('u')} = ${value};`);
    lines.push(block(inner, 1));
  }
  return braces(`${lines.join('\n')}\n${body(inner)}`);
}

function objectWithMethod(scope: Scope): string {
  const { random } = scope;
  const kind = functionKind(scope);
  const methods: Method[] = [];
  const receiver: Receiver = {
    places: ['.a', '.b'],
    methods,
    parent: random.chance(30) ? { places: [], methods: [{ access: '.toString', kind: 'sync' }] } : undefined,
  };
  const fields = `a: ${number(scope, 1)}, b: ${number(scope, 1)}`;
  const name = scope.fresh('o');
  const key = random.pick(['m', "'m'", "['m']", "[note('key', 'm')]"]);
  const text = method(scope, key, kind, receiver);
  const accessor = random.chance(30)
    ? `, get g() { return note('get', this.a); }, set g(v) { this.b = note('set', v); }`
    : '';
  scope.declare(name, 'object', true);
  scope.declare(`${name}.m`, kind, true);
  return `const ${name} = { ${fields}, ${text}${accessor} };`;
}

function loop(scope: Scope): string {
  const { random, async } = scope;
  const label = random.chance(35) ? `loop${scope.shared.next++}` : '';
  const names = label ? ['', label] : [''];
  const { breaks, continues } = scope.context;
  const inner = scope.inner({ breaks: [...breaks, ...names], continues: [...continues, ...names] });
  const prefix = label && `${label}: `;
  if (random.chance(10))
    return `${prefix}do ${braces(body(inner))} while (burn() && ${booleanTest(scope, 1)});`;
  const head = random.pick(random.chance(35) ? plainHeads : iterationHeads)(scope, inner, async);
  return `${prefix}${head} ${braces(`burn();\n${body(inner)}`)}`;
}

type Head = (scope: Scope, inner: Scope, async: boolean) => string;

const plainHeads: readonly Head[] = [
  (scope, inner) => {
    const limit = scope.random.pick(['3', '2', `(${number(scope, 1)} & 3)`]);
    const i = inner.declare(inner.fresh('i'), 'number');
    const update = scope.random.chance(25) ? `, ${number(inner, 1)}` : '';
    return `for (let ${i} = 0; burn() && ${i} < ${limit}; ${i}++${update})`;
  },
  (scope, inner) => {
    // The closures that the head makes see the variable of their own round.
    const i = inner.declare(inner.fresh('i'), 'number');
    const fs = scope.find('closures');
    const make = fs ? `(${fs}.push(() => ${i}++), 0)` : '0';
    return `for (let ${i} = 0, j${inner.depth} = ${number(scope, 1)}; burn() && ${i} < 2; ${i} += 1 + ${make})`;
  },
  (scope) => `while (burn() && ${booleanTest(scope, 2)})`,
  (scope) => `for (; burn() && ${booleanTest(scope, 1)}; ${number(scope, 1)})`,
];

const iterationHeads: readonly Head[] = [
  (scope, inner) => {
    const values = scope.random.chance(40) ? `list(${array(scope)})` : array(scope);
    return `for (${scope.random.pick(['const', 'let'])} ${inner.declare(inner.fresh('i'), 'number', true)} of ${values})`;
  },
  (scope, inner) => {
    const values = array(scope);
    return `for (const ${inner.declare(inner.fresh('i'), 'number', true)} of ${values})`;
  },
  (scope, inner) => {
    const values = `[${array(scope)}, ${array(scope)}]`;
    const fallback = number(scope, 1);
    return `for (let [${inner.declare(inner.fresh('i'), 'number')}, , , ${inner.declare(inner.fresh('i'), 'number')} = ${fallback}] of ${values})`;
  },
  (scope) => {
    const place = writable(scope);
    return place ? `for (${place} of ${array(scope)})` : `while (burn() && ${booleanTest(scope, 1)})`;
  },
  (scope, inner) => {
    const value = scope.random.chance(50) ? object(scope) : array(scope);
    return `for (const ${inner.declare(inner.fresh('k'), 'number', true)} in ${value})`;
  },
  (scope, inner) => {
    const map = scope.find('map');
    if (!map) return `for (const ${inner.declare(inner.fresh('i'), 'number', true)} of 'añ😀')`;
    const [key, value] = [
      inner.declare(inner.fresh('k'), 'number', true),
      inner.declare(inner.fresh('i'), 'number', true),
    ];
    return `for (const [${key}, ${value}] of ${map}${scope.random.pick(['', '.entries()'])})`;
  },
  (scope, inner) => {
    const set = scope.find('set') ?? `new Set(${array(scope)})`;
    return `for (const ${inner.declare(inner.fresh('i'), 'number', true)} of ${set})`;
  },
  (scope, inner) => {
    const fn = scope.find('generator');
    const values = scope.random.chance(40)
      ? lazy(scope, 1)
      : fn
        ? `${fn}(${leaf(scope)})`
        : `${array(scope)}.values()`;
    return `for (const ${inner.declare(inner.fresh('i'), 'number', true)} of ${values})`;
  },
  (scope, inner, async) => {
    const values = array(scope);
    if (!async || !scope.shared.features.generators)
      return `for (const [${inner.declare(inner.fresh('k'), 'number', true)}, ${inner.declare(inner.fresh('i'), 'number', true)}] of ${values}.entries())`;
    const fn = scope.find('asyncGenerator');
    const source = fn
      ? `${fn}(${leaf(scope)})`
      : scope.random.pick([`stream(${values})`, `[later(1), ...${values}]`]);
    return `for await (const ${inner.declare(inner.fresh('i'), 'number', true)} of ${source})`;
  },
];

function tryStatement(scope: Scope): string {
  const { random } = scope;
  let text = `try ${braces(body(scope.inner()))}`;
  const hasCatch = random.chance(78);
  if (hasCatch) {
    const inner = scope.inner();
    const binding = random.pick([' (error)', ' (error)', ' ({ message, name = 3 })', '']);
    if (binding.includes('name')) inner.declare('name', 'number');
    const noted = binding === ' (error)' ? 'error' : binding === '' ? '0' : 'message';
    text += ` catch${binding} ${braces(`note('caught', ${noted});\n${body(inner)}`)}`;
  }
  if (!hasCatch || random.chance(45))
    text += ` finally ${braces(`note('finally', 0);\n${body(scope.inner())}`)}`;
  return text;
}

function switchStatement(scope: Scope): string {
  const { random } = scope;
  const subject = `(${number(scope, 2)}) & 3`;
  const inner = scope.inner({ breaks: [...scope.context.breaks, ''] });
  const count = 2 + random.below(3);
  const last = random.below(count + 1);
  const cases: string[] = [];
  for (let index = 0; index < count; index++) {
    const open = index === last ? 'default:' : `case ${random.chance(35) ? number(inner, 1) : index}:`;
    cases.push(`${open}\n${body(inner)}${random.chance(50) ? '\nbreak;' : ''}`);
  }
  return `switch (${subject}) ${braces(cases.join('\n'))}`;
}
