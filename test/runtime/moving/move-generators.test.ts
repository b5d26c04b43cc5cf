/** Generators that are held at a checkpoint: where they stand is matched as the frames of async functions are. */
import { describe, expect, test } from 'vitest';
import { CHANGED, refused, script } from './scripts.ts';
import { move } from './two-versions.ts';

describe('goes on in the new code', () => {
  test('a generator at a yield, in a loop, with its variables by name', async () => {
    const text = (by: string, more: string): string =>
      script(
        `const ids = count(3); const seen = [ids.next().value, ids.next().value];
         await checkpoint();
         return [...seen, ...ids];`,
        `${more} function* count(limit) { let sum = 0; for (let n = 1; n <= limit; n++) { sum += n; yield n; sum *= ${by}; } yield sum; }`,
      );
    expect(await move(text('1', ''), text('10', 'function* first() { yield 1; }'))).toMatchObject({
      result: [1, 2, 3, ((1 + 2) * 10 + 3) * 10],
    });
  });

  test('one that has not begun, with its parameters by name; one that has ended', async () => {
    const text = (parameters: string, body: string): string =>
      script(
        `const fresh = pair(1, 2), bound = defaults(5), over = pair(0, 0); over.return(7);
         await checkpoint();
         return [[...fresh], [...bound], over.next()];`,
        `function* pair(${parameters}) { ${body} }
         function* defaults(a, b = a + 1) { yield a; yield b; }`,
      );
    const to = text('b, a', 'yield "b" + b; yield "a" + a;').replace(
      'yield a; yield b;',
      'yield b; yield a;',
    );
    expect(await move(text('a, b', 'yield a; yield b;'), to)).toMatchObject({
      result: [['b2', 'a1'], [6, 5], { done: true }],
    });
  });

  test('at a yield* into a generator that is changed too, and into an array', async () => {
    const text = (mark: string): string =>
      script(
        `const all = outer(); const seen = [all.next().value, all.next().value];
         await checkpoint();
         return [...seen, ...all];`,
        `function* inner() { try { yield 'i1'; yield 'i2${mark === '' ? '' : ''}'; return 'r'; } finally { note('${mark}'); } }
         const notes = []; const note = (text) => notes.push(text);
         function* outer() { yield 'o'; const got = yield* inner(); yield got + '${mark}'; yield* [1, 2]; yield notes.length; }`,
      );
    expect(await move(text(''), text('!'))).toMatchObject({ result: ['o', 'i1', 'i2', 'r!', 1, 2, 1] });
    const array = (mark: string): string =>
      script(
        `const all = list(); const seen = [all.next().value]; await checkpoint(); return [...seen, ...all];`,
        `function* list() { yield* ['a', 'b', 'c']; yield 'end${mark}'; }`,
      );
    expect(await move(array(''), array('!'))).toMatchObject({ result: ['a', 'b', 'c', 'end!'] });
  });

  test('throw and return reach its new handlers, in generators that are methods and closures', async () => {
    const text = (mark: string): string =>
      script(
        `const tag = 'T'; const box = new Box();
         const closure = (function* () { try { yield 1; } catch (error) { yield error + tag + '${mark}'; } })();
         const method = box.items(); const own = { *items() { try { yield 1; } finally { box.log.push('${mark}'); } } };
         const literal = own.items();
         closure.next(); method.next(); literal.next();
         await checkpoint();
         return [closure.throw('E').value, method.next().value, literal.return('R').value, box.log];`,
        `class Box { log = []; #n = 4; *items() { yield this.#n; yield this.#n + '${mark}'; } }`,
      );
    expect(await move(text('old'), text('new'))).toMatchObject({ result: ['ETnew', '4new', 'R', ['new']] });
  });

  test('async generators: not begun, at a yield, with requests in their queue, inside of an await', async () => {
    const text = (factor: string): string =>
      script(
        `const fresh = ticks(1), begun = ticks(2), busy = ticks(3, true);
         await begun.next();
         const asked = [busy.next(), busy.next(), busy.return('R')];
         await checkpoint();
         const got = []; for await (const value of begun) got.push(value);
         return [await fresh.next(), got, await Promise.all(asked)];`,
        `async function* ticks(n, wait = false) {
           if (wait) await call('x', 1);
           yield n * 1; yield n * ${factor};
         }`,
      );
    expect(await move(text('10'), text('100'))).toMatchObject({
      result: [
        { value: 1, done: false },
        [200],
        [
          { value: 3, done: false },
          { value: 300, done: false },
          { value: 'R', done: true },
        ],
      ],
    });
  });

  test('a checkpoint made inside of an async generator, in a for await over it', async () => {
    const text = (mark: string): string =>
      script(
        `const got = []; for await (const line of lines(['a', 'b', 'c'])) got.push(line + '${mark}'); return got;`,
        `async function* lines(list) {
           for (const item of list) { if (item === 'b') await checkpoint(); yield item + '${mark}'; }
         }`,
      );
    expect(await move(text('1'), text('2'))).toMatchObject({ result: ['a11', 'b22', 'c22'] });
  });

  test('a for await over promises and an async yield* that are under way', async () => {
    const text = (mark: string): string =>
      script(
        `const all = outer(); const got = [(await all.next()).value];
         for await (const n of [1, Promise.resolve(2), 3]) { if (n === 2) await checkpoint(); got.push(n + '${mark}'); }
         for await (const rest of all) got.push(rest);
         return got;`,
        `async function* inner() { yield 'a'; yield 'b'; }
         async function* outer() { yield* inner(); yield* ['c', Promise.resolve('d')]; yield 'e${mark}'; }`,
      );
    expect(await move(text(''), text('!'))).toMatchObject({
      result: ['a', '1', '2!', '3!', 'b', 'c', 'd', 'e!'],
    });
  });

  test('lazy iterators over generators, with functions of the new code', async () => {
    const text = (by: string): string =>
      script(
        `const lazy = numbers().map((n) => n * ${by}).filter((n) => n % 4 !== 0).take(4).flatMap((n) => [n, -n]);
         const live = new Map([['a', 1], ['b', 2]]); const entries = live.entries();
         const letters = 'xyz'.matchAll(/./g);
         const seen = [lazy.next().value, entries.next().value[0], letters.next().value[0]];
         await checkpoint();
         live.set('c', 3);
         return [seen, [...lazy], [...entries], [...letters].map((match) => match[0])];`,
        `function* numbers() { for (let n = 1; ; n++) yield n; }`,
      );
    expect(await move(text('1'), text('3'))).toMatchObject({
      result: [
        [1, 'a', 'x'],
        [-1, 6, -6, 9, -9, 15, -15],
        [
          ['b', 2],
          ['c', 3],
        ],
        ['y', 'z'],
      ],
    });
  });
});

describe('is refused', () => {
  const held = (parameters: string, body: string): string =>
    script(
      `const g = gen(1); g.next(); await checkpoint(); return [...g];`,
      `function* gen(${parameters}) { ${body} }`,
    );

  test('a generator whose yield, loop or delegation has changed, whose variable is not there, or that is gone', async () => {
    const from = held('a', 'for (const x of [1, 2]) yield a + x;');
    expect(await refused(from, held('a', 'for (const x of [1, 2]) yield a - x;'))).toEqual([
      `script.ts:2 gen(): ${CHANGED}`,
    ]);
    expect(await refused(from, held('a', 'for (const y of [1, 2]) yield a + y;'))).toEqual([
      `script.ts:2 gen(): ${CHANGED}`,
    ]);
    expect(await refused(from, held('a', 'for (const x of [1, 2]) yield* [a + x];'))).toEqual([
      `script.ts:2 gen(): ${CHANGED}`,
    ]);
    const later = held('a', 'const b = 2; yield a; yield a + 1;');
    expect(await refused(later, held('a', 'const b = 2; yield a; yield b;'))).toEqual([
      'script.ts:2 gen(): the new code needs "b", which is not saved there',
    ]);
    expect(await refused(from, from.replaceAll('gen(', 'made('))).toContain(
      'script.ts:2 gen(): the new code has no function at script.ts#gen',
    );
  });

  test('a generator that is an async or an ordinary function now', async () => {
    const from = script(
      `const g = gen(1); g.next(); await checkpoint(); return typeof g;`,
      `function* gen(a) { yield a; }`,
    );
    expect(await refused(from, from.replace('function* gen', 'async function* gen'))).toEqual([
      'script.ts:2 gen(): it is no such function any more',
    ]);
    const closure = script(`const f = (function* () { yield input; }); await checkpoint(); return typeof f;`);
    expect(
      await refused(
        closure,
        closure.replace('function* () { yield input; }', 'function () { return input; }'),
      ),
    ).toEqual(['script.ts:4 closure f(): it is no such function any more']);
  });

  test('one that has not begun and takes parameters otherwise', async () => {
    const text = (parameters: string): string =>
      script(
        `const g = gen(1, 2); await checkpoint(); return [...g];`,
        `function* gen(${parameters}) { yield a; yield b; }`,
      );
    expect(await refused(text('a, b'), text('a, c, b = 3'))).toEqual([
      'script.ts:2 gen(): it holds intermediate values that the new code does not have there',
    ]);
    expect(
      await refused(
        text('a, b'),
        text('a')
          .replace('yield b;', 'yield b + a;')
          .replace('(a)', '(a, c)')
          .replace('yield b + a', 'yield c + a'),
      ),
    ).toEqual(['script.ts:2 gen(): the new code needs "c", which is not saved there']);
  });

  test('an async generator at a yield and in a for await that have changed, each with its reason', async () => {
    const from = script(
      `for await (const x of gen([1])) { await checkpoint(); return x; }`,
      `async function* gen(list) { for await (const item of list) yield item; }`,
    );
    expect(await refused(from, from.replace('yield item', 'yield item + 1'))).toEqual([
      `script.ts:2 gen(): ${CHANGED}`,
    ]);
    expect(
      await refused(from, from.replace('for await (const item of list)', 'for (const item of list)')),
    ).toEqual([`script.ts:2 gen(): ${CHANGED}`]);
    expect(
      await refused(
        from,
        from.replace('for await (const x of', 'for await (const y of').replace('return x', 'return y'),
      ),
    ).toEqual([`script.ts:4 main(): ${CHANGED}`]);
  });
});
