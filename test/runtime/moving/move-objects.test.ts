/** Objects of the platform and of the runtime that an instance holds when it is moved, with functions of the script in them. */
import { expect, test } from 'vitest';
import { CHANGED, refused, script } from './scripts.ts';
import { move } from './two-versions.ts';

test('weak collections, weak references and proxies, whose handlers are those of the new code', async () => {
  const text = (mark: string): string =>
    script(
      `const key = { k: 1 }; const notes = new WeakMap([[key, { note: 'kept' }]]); const seen = new WeakSet([key]);
       const ref = new WeakRef(key); const target = { a: 1 };
       const proxy = new Proxy(target, { get: (object, name) => object[name] + '${mark}' });
       const { proxy: gone, revoke } = Proxy.revocable({ x: 1 }, {}); revoke();
       await checkpoint();
       target.a++;
       let error; try { gone.x; } catch (caught) { error = caught.name; }
       return [notes.get(key).note, seen.has(key), ref.deref() === key, proxy.a, error];`,
    );
  expect(await move(text('old'), text('new'))).toMatchObject({
    result: ['kept', true, true, '2new', 'TypeError'],
  });
});

test('objects of the platform: formatters, headers, URLs, events with listeners of the new code', async () => {
  const text = (mark: string): string =>
    script(
      `const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
       const headers = new Headers({ a: '1' }); const query = new URLSearchParams('x=1&x=2'); const url = new URL('http://h/p?q=1');
       const log = []; const controller = new AbortController();
       controller.signal.addEventListener('abort', () => log.push('aborted${mark}'));
       const target = new EventTarget(); target.addEventListener('ping', (event) => log.push(event.type + '${mark}'));
       const bytes = new TextEncoder().encode('hi');
       await checkpoint();
       controller.abort('why'); target.dispatchEvent(new Event('ping'));
       return [money.format(1.5), headers.get('a'), query.getAll('x'), url.pathname, controller.signal.reason, log, bytes.length];`,
    );
  expect(await move(text(''), text('!'))).toMatchObject({
    result: ['€1.50', '1', ['1', '2'], '/p', 'why', ['aborted!', 'ping!'], 2],
  });
});

test('promises, their combinators, reactions, timers and bound functions', async () => {
  const text = (mark: string): string =>
    script(
      `const { promise, resolve } = Promise.withResolvers();
       const all = Promise.all([promise.then((value) => value + '${mark}'), call('x', 2)]);
       const first = Promise.race([promise, new Promise(() => {})]);
       const settled = Promise.allSettled([promise.finally(() => log.push('finally${mark}')), Promise.reject(new Error('E'))]);
       const any = Promise.any([Promise.reject(1), promise]); const log = [];
       const bound = function (a, b) { return [this.name, a, b].join('${mark}'); }.bind({ name: 'n' }, 'a');
       await checkpoint();
       resolve('done');
       const results = await settled;
       return [await all, await first, results.map((one) => one.status), await any, bound('b'), log];`,
    );
  expect(await move(text('-'), text('+'))).toMatchObject({
    result: [['done+', 2], 'done', ['fulfilled', 'rejected'], 'done', 'n+a+b', ['finally+']],
  });
});

test('stacks of resources, and resources of blocks that are left in the new code', async () => {
  const text = (mark: string): string =>
    script(
      `const log = []; const stack = new DisposableStack(); stack.defer(() => log.push('deferred${mark}'));
       { using held = { [Symbol.dispose]() { log.push('held${mark}'); } };
         await using later = { async [Symbol.asyncDispose]() { log.push('later${mark}'); } };
         await checkpoint(); }
       stack.dispose();
       return log;`,
    );
  // The declarations are what the block is recognised by.
  expect(await refused(text(''), text('!'))).toEqual([`script.ts:7 main(): ${CHANGED}`]);
  expect(await move(text(''), text('').replace('deferred', 'DEFERRED'))).toMatchObject({
    result: ['later', 'held', 'DEFERRED'],
  });
});

test('a function in any of them that the new code does not have is refused with its name', async () => {
  const from = script(
    `const log = []; const target = new EventTarget(); const handler = { get: (object, name) => name };
     target.addEventListener('ping', function listener() { log.push(1); });
     const proxy = new Proxy({}, handler); const weak = new WeakMap([[log, function value() { return log; }]]);
     await checkpoint();
     return [proxy.a, weak.get(log)(), target].length;`,
  );
  for (const name of ['listener', 'value']) {
    const said = await refused(from, from.replace(`function ${name}`, 'function another'));
    expect(said.join('\n')).toContain(`closure ${name}(): the new code has no function at script.ts#default`);
  }
});
