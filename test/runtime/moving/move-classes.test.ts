/** Classes that are made at run time, and what is made of them. */
import { describe, expect, test } from 'vitest';
import { CHANGED, refused, script } from './scripts.ts';
import { move } from './two-versions.ts';

describe('goes on in the new code', () => {
  test('a class made in a function, its instances, its private and static state, and what was added to it', async () => {
    const text = (fields: string, statics: string, mark: string): string =>
      script(
        `const Counter = make(10); const one = new Counter('one'); Counter.extra = { by: 'script' };
         one.up(); Counter.count();
         await checkpoint();
         one.up();
         return [one.show(), Counter.count(), Counter.extra.by, Counter.label, one instanceof Counter, new Counter('two').show(), Counter.name];`,
        `function make(step) {
           return class Counter {
             ${fields} ${statics} static label = 'L';
             constructor(name) { this.#name = name; }
             up() { this.#value += step; return this; }
             show() { return this.#name + this.#value + '${mark}'; }
             static count() { return ++this.#made * this.#factor; }
           };
         }`,
      );
    const from = text(`#name = ''; #value = 0;`, 'static #made = 0; static #factor = 100;', '');
    const to = text('#value = 5; #name = "x";', 'static #factor = 7; static #made = 7;', '!');
    expect(await move(from, to)).toMatchObject({
      result: ['one20!', 200, 'script', 'L', true, 'two5!', 'Counter'],
    });
  });

  test('mixins: classes that extend what they were given, with private fields at every level', async () => {
    const text = (swap: boolean, mark: string): string =>
      script(
        `const Tagged = tagged(Base, 'T'); class Own extends Tagged { #own = 'o'; all() { return [this.base(), this.tag(), this.#own].join('${mark}'); } }
         const own = new Own(), shape = new Shape();
         await checkpoint();
         return [own.all(), shape.all()];`,
        `class Base { ${swap ? "#b2 = 'b2'; #b1 = 'b1';" : "#b1 = 'b1'; #b2 = 'b2';"} base() { return this.#b1 + this.#b2; } }
         const tagged = (Super, tag) => class extends Super { ${swap ? "#u = 'u'; #t = tag;" : "#t = tag; #u = 'u';"} tag() { return this.#t + this.#u; } };
         class Shape extends tagged(Base, 'S') { #s1 = 's1'; #s2 = 's2'; all() { return [this.base(), this.tag(), this.#s1 + this.#s2].join('${mark}'); } }`,
      );
    expect(await move(text(false, '-'), text(true, '+'))).toMatchObject({
      result: ['b1b2+Tu+o', 'b1b2+Su+s1s2'],
    });
  });

  test('methods, accessors and private methods that are held; a method that is suspended', async () => {
    const text = (mark: string): string =>
      script(
        `const Till = make(3); const till = new Till();
         const add = till.add, { get } = Object.getOwnPropertyDescriptor(Till.prototype, 'sum'), secret = till.secret(), of = Till.of;
         const later = till.pay(4);
         const got = await later;
         return [add.call(till, 1), get.call(till), secret.call(till), of.call(Till).sum, got];`,
        `function make(start) {
           return class Till {
             #sum = start;
             add(n) { return (this.#sum += n) + '${mark}'; }
             get sum() { return this.#sum + '${mark}'; }
             #hidden() { return 'h' + this.#sum + '${mark}'; }
             secret() { return this.#hidden; }
             static of() { return new this.prototype.constructor(); }
             async pay(n) { this.#sum += n; await checkpoint(); return this.#sum + '${mark}'; }
           };
         }`,
      );
    expect(await move(text(''), text('!'))).toMatchObject({ result: ['8!', '8!', 'h8!', '3!', '7!'] });
  });

  test('classes with computed keys, with a variable that others share, made several times', async () => {
    const text = (mark: string): string =>
      script(
        `let shared = 1; const classes = ['a', 'b'].map((key) => class { [key]() { return key + shared++ + '${mark}'; } });
         const [a, b] = classes.map((Made) => new Made());
         await checkpoint();
         return [a.a(), b.b(), a.a(), shared, classes[0] === a.constructor, a instanceof classes[1]];`,
      );
    expect(await move(text(''), text('!'))).toMatchObject({
      result: ['a1!', 'b2!', 'a3!', 4, true, false],
    });
  });
});

describe('is refused', () => {
  const held = (members: string, heritage = ''): string =>
    script(
      `const Made = make(1); const one = new Made(); const held = one.use; await checkpoint(); return [one, held].length;`,
      `class Base {} function make(n) { return class Made ${heritage}{ ${members} use() { return n; } }; }`,
    );
  const SHAPE =
    'script.ts:2 class Made: its base class, fields, static elements or computed keys are not the same in the new code';

  test.each([
    ['a field that has come', held(''), held('size = 1;')],
    ['a private field that has gone', held('#a = 1;'), held('')],
    ['another base', held(''), held('', 'extends Base ')],
    ['a static field that has come', held(''), held('static total = 0;')],
    ['a private static field that has come', held(''), held('static #total = 0;')],
    ['a static block that has changed', held('static { n; }'), held('static { n; n; }')],
    ['a computed key that has changed', held('["a" + n]() {}'), held('["b" + n]() {}')],
  ])('%s', async (_what, from, to) => {
    expect(await refused(from, to)).toContain(SHAPE);
  });

  test('a method that is held and gone, a variable that is not saved, and a class that is gone or made only once', async () => {
    const from = held('');
    expect(await refused(from, from.replace('use() { return n; }', 'other() { return n; }'))).toEqual([
      '- class Made: it has no member use any more',
    ]);
    const two = from.replace('function make(n) {', 'function make(n, m = 2) {');
    expect(await refused(two, two.replace('return n; } };', 'return n + m; } };'))).toContain(
      'script.ts:2 class Made: the new code needs "m", which is not saved there',
    );
    expect(await refused(from, from.replace('class Made', 'class Other'))).toContain(
      'script.ts:2 class Made: the new code has no class at script.ts#class make/Made',
    );
  });

  test('a suspended method of such a class, with its reason', async () => {
    const from = script(
      `const Made = make(1); return new Made().run();`,
      `function make(n) { return class Made { async run() { await checkpoint(); return n; } }; }`,
    );
    expect(await refused(from, from.replace('await checkpoint()', 'await checkpoint({})'))).toEqual([
      `script.ts:2 Made.run(): ${CHANGED}`,
    ]);
  });
});
