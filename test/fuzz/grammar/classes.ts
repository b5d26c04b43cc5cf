/** Random classes: fields, private members, accessors, statics, methods of every kind, inheritance and `super`. */
import { type FunctionKind, functionKind, method } from './functions.ts';
import { leaf, number } from './numbers.ts';
import type { ClassInfo, Members, Receiver, Scope } from './scope.ts';

/** The text of a class; its name is declared in `scope`. */
/** Built-in classes that others extend. */
const BUILT_IN = ['Error', 'Map', 'Array', 'Set', 'Fault'].map((name): ClassInfo => ({
  name,
  instance: { places: [], methods: [] },
  own: { places: [], methods: [] },
  brand: undefined,
  isIterable: false,
}));

function parentOf(scope: Scope): ClassInfo | undefined {
  const { random } = scope;
  if (random.chance(10)) return random.pick(BUILT_IN);
  return random.chance(45) ? scope.lookUp('class')?.info : undefined;
}

export function classDeclaration(scope: Scope): string {
  const parent = parentOf(scope);
  const name = scope.fresh('C');
  const { info, text } = classBody(scope, name, parent);
  scope.declare(name, 'class', true, info);
  return `class ${name}${text}`;
}

/** A class made and used within an expression. */
export function localClass(scope: Scope, depth: number): string | undefined {
  const { random, async } = scope;
  if (!scope.shared.features.localClasses || scope.shared.budget < 25) return undefined;
  const parent = parentOf(scope);
  const { info, text } = classBody(scope, '', parent);
  const usable = info.instance.methods.filter(
    ({ access, kind }) => !access.startsWith('.#') && (kind === 'sync' || (kind === 'async' && async)),
  );
  const made = `new (class${text})(${number(scope, depth - 1)}, 2)`;
  if (usable.length === 0) return `${made}.a`;
  const { access, kind } = random.pick(usable);
  return kind === 'async'
    ? `(await ${made}${access}(${leaf(scope)}, 1))`
    : `${made}${access}(${leaf(scope)})`;
}

function classBody(
  scope: Scope,
  name: string,
  parent: ClassInfo | undefined,
): { info: ClassInfo; text: string } {
  const { random } = scope;
  const unique = scope.shared.next++;
  const instance: Members = { places: ['.a', '.b'], methods: [] };
  const own: Members = { places: [], methods: [] };
  const hasPrivate = random.chance(60);
  const brand = hasPrivate ? `#p${unique}` : undefined;
  const isIterable = scope.shared.features.generators && random.chance(15);
  const info: ClassInfo = {
    name,
    instance,
    own,
    brand,
    isIterable: isIterable || parent?.isIterable === true,
  };
  const parentInstance = parent && visible(parent.instance);
  const parentOwn = parent && visible(parent.own);
  const receiver: Receiver = { ...instance, parent: parentInstance, brand };
  const ownReceiver: Receiver = { ...own, parent: parentOwn };
  const inBody = scope.functionBody({ receiver: undefined });
  const lines: string[] = [];
  if (brand) {
    lines.push(
      `${brand} = ${random.pick([String(random.below(9)), `note('field', ${leaf(inBody)})`, `this.a ?? 5`])};`,
    );
    instance.places.push(`.${brand}`);
  }
  if (random.chance(40)) lines.push(`${random.pick(['b', "'b'", "['b']"])} = ${leaf(inBody)};`);
  if (random.chance(25)) {
    lines.push(`arrow = (x) => sum(x, this.a);`);
    instance.methods.push({ access: '.arrow', kind: 'sync' });
  }
  if (random.chance(40)) {
    own.places.push('.s');
    lines.push(`static s = ${random.below(5)};`);
  }
  if (random.chance(20)) {
    own.places.push(`.#s${unique}`);
    lines.push(`static #s${unique} = ${random.below(5)};`);
  }
  if (random.chance(15)) lines.push(`static { note('static block', ${random.below(9)}); }`);
  lines.push(constructorText(inBody, receiver, parent));
  if (random.chance(35)) {
    const places = random.chance(50) ? instance : own;
    const prefix = places === own ? 'static ' : '';
    const key = random.pick(['g', `#g${unique}`]);
    const target = places === own ? ownReceiver : receiver;
    const getter = scope.functionBody({ receiver: target, hasArguments: true });
    lines.push(`${prefix}get ${key}() { return note('get', ${leaf(getter)}); }`);
    lines.push(
      `${prefix}set ${key}(v) { note('set', v); ${target.places[0] ? `this${target.places[0]} = v;` : ''} }`,
    );
    places.places.push(`.${key}`);
  }
  if (isIterable) {
    const body = scope.functionBody({ generator: true, receiver, hasArguments: true });
    lines.push(
      `*[Symbol.iterator]() {\nburn();\nyield ${number(body, 2)};\nyield* [this.a, ${number(body, 1)}];\n}`,
    );
  }
  const count = 1 + random.below(3);
  for (let index = 0; index < count; index++) {
    const kind: FunctionKind = functionKind(scope);
    const isStatic = random.chance(25);
    const isPrivate = random.chance(20);
    const members = isStatic ? own : instance;
    // Names repeat among classes, so that children override.
    const name = `m${random.below(2)}${kind[0]}${kind.length}`;
    // Once per class, or it would not be TypeScript.
    const taken = [...instance.methods, ...own.methods].some(({ access }) => access === `.${name}`);
    const key = isPrivate || taken ? `#m${unique}${index}` : name;
    const text = method(inBody, key, kind, isStatic ? ownReceiver : receiver);
    lines.push(`${isStatic ? 'static ' : ''}${text}`);
    members.methods.push({ access: `.${key}`, kind });
  }
  return {
    info: inherited(info, parent),
    text: `${parent ? ` extends ${parent.name}` : ''} {\n${lines.join('\n')}\n}`,
  };
}

function constructorText(scope: Scope, receiver: Receiver, parent: ClassInfo | undefined): string {
  const derived = parent !== undefined && !BUILT_IN.includes(parent);
  const inner = scope.functionBody({ hasArguments: true, receiver });
  inner.declare('x', 'number');
  inner.declare('y', 'number');
  const call =
    parent && !derived ? 'super();' : derived ? `super(${number(scope.functionBody({}), 1)}, y);` : '';
  return `constructor(x, y = 2) {\nburn();\n${call}\nthis.a = ${derived ? 'sum(this.a, x)' : 'x'};\n${derived ? '' : 'this.b = y;'}\n${inner.random.chance(30) ? `note('made', ${number(inner, 2)});` : ''}\n}`;
}

/** What a child sees of its parent. */
function visible(members: Members): Members {
  return {
    places: members.places.filter((place) => !place.startsWith('.#')),
    methods: members.methods.filter(({ access }) => !access.startsWith('.#')),
  };
}

function inherited(info: ClassInfo, parent: ClassInfo | undefined): ClassInfo {
  if (!parent) return info;
  info.instance.methods.push(...visible(parent.instance).methods);
  info.own.methods.push(...visible(parent.own).methods);
  info.own.places.push(...visible(parent.own).places);
  return info;
}
