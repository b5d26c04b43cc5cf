/** The rule by which instances are moved to other code: what goes on there, and what is refused with which reason. */
import { describe, expect, test } from 'vitest';
import { CHANGED, refused, script } from './scripts.ts';
import { move } from './two-versions.ts';

const ORDER = `
  const items = ['a', 'b'];
  let price = 10;
  const note = 'old';
  await checkpoint();
  const rate = await call('rate', 2);
  return { items, total: price * rate, note };`;

describe('goes on in the new code', () => {
  test('when nothing has changed but layout, comments and types', async () => {
    const to = script(`/* hello */${ORDER.replace('let price', 'let   price: number')}`).replace(
      '(input)',
      '(input: any)',
    );
    expect(await move(script(ORDER), to)).toEqual({
      result: { items: ['a', 'b'], total: 20, note: 'old' },
      dropped: [],
    });
  });

  test('with other code before and after the point, other functions, and an order of variables of its own', async () => {
    const to = script(
      `
      let note = 'new', price = 11;
      if (price > 100) await call('manager', 1);
      const items = unused(['x']);
      await checkpoint();
      const rate = (await call('rate', 2)) + 1;
      return [note, price * rate, items.length];`,
      `function unused(list) { return list; }\nclass Another { #a = 1; }`,
    );
    expect(await move(script(ORDER), to)).toEqual({ result: ['old', 30, 2], dropped: [] });
  });

  test('without a variable that the new code does not use any more', async () => {
    const to = script(`const items = []; let price = 1; await checkpoint(); return items.concat(price);`);
    expect(await move(script(ORDER), to)).toMatchObject({ result: ['a', 'b', 10] });
  });

  test('in every frame, in loops and try blocks, with values of an expression that was under way', async () => {
    const from = (bonus: string, extra: string): string =>
      script(
        `let sum = 0;
         for (const name of new Set(input)) {
           try { sum += 100 + (await weigh(name)); } finally { sum += 1; }
         }
         return sum${bonus};`,
        `${extra}
         async function weigh(name) {
           switch (name.length) {
             case 1: { const w = 5; await checkpoint(); return w${bonus}; }
             default: return 7;
           }
         }`,
      );
    const to = from(' + 1000', 'async function inserted() { await null; }\n');
    expect(await move(from('', ''), to, ['a', 'bb'])).toMatchObject({
      result: 100 + 1005 + 1 + 100 + 7 + 1 + 1000,
    });
  });

  test('with closures, which share their variables, in data and in waits', async () => {
    const text = (by: string, filler: string): string =>
      script(
        `${filler}
         let count = 1;
         const up = (n) => (count += n * ${by});
         const read = () => count;
         const table = new Map([['up', up], ['read', read]]);
         const later = call('x', 3).then((value) => value * ${by});
         await checkpoint({ recover: () => up(100) });
         table.get('up')(1);
         return [table.get('read')(), up === table.get('up'), await later];`,
      );
    expect(await move(text('1', ''), text('2', 'const f = [1, 2].map((x) => x + 1);'))).toMatchObject({
      result: [1 + 200 + 2, true, 6],
    });
  });

  test('with instances of classes, private fields in another order, and methods that are suspended', async () => {
    const text = (fields: string, factor: string, more: string): string =>
      script(
        `const account = new Savings('ann'); account.extra = 1;
         const paid = await account.pay(5);
         return [paid, account.total(), account instanceof Account, account.extra];`,
        `${more}
         class Account { #owner; constructor(owner) { this.#owner = owner; } owner() { return this.#owner; } }
         class Savings extends Account {
           ${fields}
           async pay(amount) { this.#paid += amount; await checkpoint(); this.#paid *= ${factor}; return this.owner() + this.#fee; }
           total() { return this.#paid; }
         }`,
      );
    const from = text('#paid = 1; #fee = 2;', '1', '');
    expect(await move(from, text('#fee = 2; #paid = 1;', '10', 'class First { #x; }'))).toMatchObject({
      result: ['ann2', 60, true, 1],
    });
  });

  test('with variables at module level by name; new ones have their first value, old ones are named', async () => {
    const from = script(
      `runs++; log.push('old'); gone = 3; await checkpoint(); return [runs, log, gone];`,
      `let runs = 0; let gone = 0; const log = [];`,
    );
    const to = script(
      `runs++; log.push('new'); await checkpoint(); fresh++; return [runs, log, fresh, LIMIT];`,
      `const log = []; let fresh = 41; let runs = 7; const LIMIT = 9;`,
    );
    expect(await move(from, to)).toEqual({ result: [1, ['old'], 42, 9], dropped: ['script.ts#gone'] });
  });

  test('with imports, symbols and tagged templates that are held', async () => {
    const from = script(
      `const held = { fn: double, [KEY]: 1, strings: tag\`a\${1}b\` };
       await checkpoint();
       return [held.fn(4), held[KEY], held.strings === tag\`x\`, held.strings[1]];`,
      `import { double } from 'native'; const KEY = Symbol('key'); const tag = (strings) => strings;`,
    );
    const to = from
      .replace('const KEY', `const OTHER = Symbol('other'); const KEY`)
      .replace('await checkpoint()', 'tag`first`; await checkpoint()');
    expect(await move(from, to)).toMatchObject({ result: [8, 1, false, 'b'] });
  });

  test('at one of several points that look the same, if none has come or gone', async () => {
    const text = (result: string): string =>
      script(`const a = 1; await checkpoint(); await call('x', 1); await checkpoint(); return ${result};`);
    expect(await move(text('a'), text('a + 1'))).toMatchObject({ result: 2 });
  });

  test('in functions of the same text, whatever their order', async () => {
    const text = (list: string): string =>
      script(`const fns = [${list}]; await checkpoint(); return fns.map((fn) => fn(3)).join();`);
    expect(
      await move(text('(x) => x + 1, (x) => x * 2'), text('(x) => x * 2, (x) => x, (x) => x + 1')),
    ).toMatchObject({
      result: '4,6',
    });
  });
});

describe('is refused', () => {
  test.each([
    ['the awaited expression', 'await checkpoint();', 'await checkpoint({});'],
    ['a loop around it', 'await checkpoint();', 'for (;;) { await checkpoint(); break; }'],
    ['a try around it', 'await checkpoint();', 'try { await checkpoint(); } finally { price = 1; }'],
    ['a label around it', 'await checkpoint();', 'outer: { await checkpoint(); if (price) break outer; }'],
    ['nothing in its place', 'await checkpoint();', ''],
  ])('%s', async (_what, a, b) => {
    expect(await refused(script(ORDER), script(ORDER.replace(a, b)))).toEqual([
      `script.ts:8 main(): ${CHANGED}`,
    ]);
  });

  test('a variable that the new code needs, was renamed or is shared now', async () => {
    const at = 'script.ts:8 main(): ';
    expect(await refused(script(ORDER), script(ORDER.replaceAll('price', 'cost')))).toEqual([
      `${at}the new code needs "cost", which is not saved there`,
    ]);
    const vat = ORDER.replace('await checkpoint', 'const vat = 0.2; await checkpoint').replace(
      'note }',
      'note, vat }',
    );
    expect(await refused(script(ORDER), script(vat))).toEqual([
      `${at}the new code needs "vat", which is not saved there`,
    ]);
    const shared = ORDER.replace('await checkpoint', 'const f = () => price++; await checkpoint').replace(
      'note }',
      'note: f() }',
    );
    expect(await refused(script(ORDER), script(shared))).toEqual([
      `${at}"price" is now shared with a closure that changes with it`,
    ]);
  });

  test('several variables of one name in a function that has changed', async () => {
    const body = (end: string): string =>
      `const x = 1; { const x = 2; await checkpoint(); log(x); } return x${end};`;
    const log = 'const log = (x) => x;';
    expect(await refused(script(body(''), log), script(body(' + 1'), log))).toEqual([
      'script.ts:4 main(): several of its variables are named "x"',
    ]);
    expect(await move(script(body(''), log), script(body(''), `${log} class New {}`))).toMatchObject({
      result: 1,
    });
  });

  test('points that look the same when one has come or gone, and points that have changed sides', async () => {
    const from = script(`await checkpoint(); await call('x', 1); await checkpoint(); return 1;`);
    expect(await refused(from, script(`await checkpoint(); await call('x', 1); return 1;`))).toEqual([
      'script.ts:4 main(): several of its suspension points look the same, and others have come or gone',
    ]);
    const ship = script(`await checkpoint();\nawait call('ship', 1);\nreturn 1;`);
    expect(await refused(ship, script(`await call('ship', 1);\nawait checkpoint();\nreturn 1;`))).toEqual([
      'script.ts:4 main(): the suspension point of line 5 has moved to its other side',
    ]);
  });

  test('a place in a finally or a case whose saved number would mean something else', async () => {
    const leaving = (ways: string): string =>
      script(
        `outer: for (const n of [1, 2]) { for (;;) { try { ${ways} } finally { await checkpoint(); } } } return input;`,
      );
    const from = leaving('if (input) continue outer; return 7;');
    const reason = 'the ways out of a block that it is about to leave are not the same in the new code';
    expect(await refused(from, leaving('if (!input) break outer; continue outer; return 7;'), 1)).toEqual([
      `script.ts:4 main(): ${reason}`,
    ]);
    expect(await move(from, leaving('if (input > 0) continue outer; return 8;'), 1)).toMatchObject({
      result: 1,
    });
    const cases = (list: readonly string[]): string =>
      script(`switch (input) { ${list.join(' ')} } return 'end';`);
    const a = `case 'a': await checkpoint();`;
    const b = `case 'b': await call('x', 1); return 'b';`;
    expect(await refused(cases([a, b]), cases([b, a]), 'a')).toEqual([`script.ts:4 main(): ${CHANGED}`]);
    expect(await move(cases([a, b]), cases([a, b.replace(`'b';`, `'B';`)]), 'a')).toMatchObject({
      result: 'B',
    });
  });

  test('each frame whose function is gone or changed, with its own reason', async () => {
    const from = script(
      `return 1 + (await outer());`,
      `async function outer() { return await inner(); }\nasync function inner() { await checkpoint(); return 1; }`,
    );
    const to = script(
      `return 2 + (await outer());`,
      `async function outer() { return await renamed(); }\nasync function renamed() { await checkpoint(); return 1; }`,
    );
    expect((await refused(from, to)).toSorted()).toEqual([
      'script.ts:2 outer(): ' + CHANGED,
      'script.ts:3 inner(): the new code has no function at script.ts#inner',
      'script.ts:5 main(): ' + CHANGED,
    ]);
  });

  test('intermediate values of an expression or statement that has changed', async () => {
    const from = script(
      `return [input * 2, await wait()];`,
      `async function wait() { await checkpoint(); return 1; }`,
    );
    expect(await refused(from, from.replace('input * 2', 'input * 3'), 5)).toEqual([
      `script.ts:4 main(): ${CHANGED}`,
    ]);
  });

  test('a closure that needs another variable, or cannot be told from others', async () => {
    const from = script(`const a = input, b = 2; const f = () => a; await checkpoint(); return f();`);
    expect(await refused(from, from.replace('() => a', '() => a + b'), 1)).toEqual([
      'script.ts:4 closure f(): the new code needs "b", which is not saved there',
    ]);
    const two = script(
      `const a = input; const list = [() => a, () => a + 1]; await checkpoint(); return list.length;`,
    );
    expect((await refused(two, two.replace('a + 1', 'a + 2'), 1))[0]).toMatch(
      /it cannot be told which of 2 functions at script\.ts#default\/<in ArrayExpression.*> it is: its text has changed$/,
    );
  });

  test('an instance of a class with other fields, another base, or none', async () => {
    const from = script(
      `const box = new Box(); await checkpoint(); return box.size;`,
      `class Base {}\nclass Box extends Base { size = 1; #inner = 2; }`,
    );
    const fields = 'script.ts:3 class Box: its fields or its base class are not the same in the new code';
    expect(await refused(from, from.replace('size = 1;', 'size = 1; color = 3;'))).toEqual([fields]);
    expect(await refused(from, from.replace('#inner = 2;', ''))).toEqual([fields]);
    expect(await refused(from, from.replace('extends Base ', ''))).toEqual([fields]);
    expect(await refused(from, from.replaceAll('Box', 'Crate'))).toEqual(
      expect.arrayContaining(['script.ts:3 class Box: the new code has no class at script.ts#class Box']),
    );
  });

  test('a method, an import or a symbol that the new code does not have', async () => {
    const method = script(
      `const f = new Tool().use; await checkpoint(); return f();`,
      `class Tool { use() { return 1; } }`,
    );
    expect(await refused(method, method.replace('class Tool { use', 'class Tool { employ'))).toEqual([
      'script.ts:2 class Tool: it has no member use any more',
    ]);
    const held = script(
      `const f = half; await checkpoint(); return f(4);`,
      `import { half, double } from 'native';`,
    );
    expect(await refused(held, script(`const f = Math.max; await checkpoint(); return f(4);`))).toEqual([
      'half of native: the new code does not import it'.replace(/^/, '- '),
    ]);
    const symbol = script(`const o = { [A]: 1 }; await checkpoint(); return o[A];`, `const A = Symbol('a');`);
    expect(await refused(symbol, symbol.replace(`const A`, `const B = Symbol('a'); const A`))).toEqual([
      '- Symbol(a): it cannot be told which symbol of the new code it is',
    ]);
  });
});
