/**
 * Programs about promises as text, to be run once with the native `Promise` and once with the durable one. Each gets
 * `Promise`, `log` (takes anything printable) and `ticks(name, count)`, which logs `name1`, `name2` ... one job apart.
 */
export const PROMISE_PROGRAMS: Readonly<Record<string, string>> = {
  'constructor runs its executor at once': `
    log('before'); new Promise(() => log('executor')); log('after');`,
  'resolve before then': `
    const p = new Promise((resolve) => resolve(1)); p.then((v) => log('got', v)); log('sync');`,
  'then before resolve': `
    let go; const p = new Promise((resolve) => { go = resolve; }); p.then((v) => log('got', v)); go(2); log('sync');`,
  'only the first resolving call counts': `
    const p = new Promise((resolve, reject) => { resolve(1); resolve(2); reject(3); throw 4; });
    p.then((v) => log('v', v), (e) => log('e', e));`,
  'resolving with a pending promise locks in': `
    let inner; const p = new Promise((resolve, reject) => { resolve(new Promise((r) => { inner = r; })); reject('late'); resolve('late'); });
    p.then((v) => log('v', v), (e) => log('e', e)); inner('inner');`,
  'executor that throws': `
    new Promise(() => { throw 'x'; }).catch((e) => log('caught', e));`,
  'executor that is no function': `
    for (const executor of [undefined, null, 1, 'x', {}, []]) { try { new Promise(executor); } catch (e) { log(e instanceof TypeError, e.message); } }`,
  'called without new': `
    try { Promise(() => {}); } catch (e) { log(e instanceof TypeError); }`,
  'a chain takes one job per link': `
    Promise.resolve().then(() => log('a1')).then(() => log('a2')).then(() => log('a3')); ticks('t', 4);`,
  'two chains alternate': `
    Promise.resolve().then(() => log('a1')).then(() => log('a2')); Promise.resolve().then(() => log('b1')).then(() => log('b2'));`,
  'returning a promise from a handler costs two more jobs': `
    Promise.resolve().then(() => Promise.resolve('p')).then((v) => log(v)); ticks('t', 6);`,
  'returning a thenable from a handler costs one more job': `
    Promise.resolve().then(() => ({ then(f) { log('called'); f('t'); } })).then((v) => log(v)); ticks('t', 6);`,
  'resolve with a settled promise': `
    new Promise((resolve) => resolve(Promise.resolve('in'))).then((v) => log(v)); ticks('t', 5);`,
  'resolve with a rejected promise': `
    new Promise((resolve) => resolve(Promise.reject('in'))).then(undefined, (v) => log(v)); ticks('t', 5);`,
  'Promise.resolve gives back a promise of the same constructor': `
    const p = Promise.resolve(1); log(Promise.resolve(p) === p); class Q extends Promise {} log(Q.resolve(p) === p, Promise.resolve(Q.resolve(1)) instanceof Q);`,
  'Promise.resolve with a thenable': `
    const p = Promise.resolve({ then(f, r) { log('then', typeof f, typeof r, f.length, r.length, f.name === '', this.mark); f('v'); }, mark: 'me' }); p.then((v) => log(v)); log('sync'); ticks('t', 3);`,
  'thenable that calls both, twice': `
    Promise.resolve({ then(f, r) { f(1); r(2); f(3); throw 4; } }).then((v) => log('v', v), (e) => log('e', e));`,
  'thenable that throws': `
    Promise.resolve({ then() { throw 'bad'; } }).then((v) => log('v', v), (e) => log('e', e)); ticks('t', 3);`,
  'thenable that throws after rejecting': `
    Promise.resolve({ then(f, r) { r('first'); throw 'second'; } }).catch((e) => log(e));`,
  'thenable whose then is a getter that throws': `
    Promise.resolve(Object.defineProperty({}, 'then', { get() { log('get'); throw 'getter'; } })).catch((e) => log(e)); log('sync');`,
  'then is looked up once': `
    let count = 0; const t = { get then() { count++; return (f) => f('x'); } }; Promise.resolve(t).then((v) => log(v, count));`,
  'then that is no function': `
    Promise.resolve({ then: 5 }).then((v) => log(v.then)); Promise.resolve({ then: null }).then((v) => log(v.then));`,
  'a function as a thenable': `
    const f = () => {}; f.then = (resolve) => resolve('from function'); Promise.resolve(f).then((v) => log(v));`,
  'thenable that resolves with a thenable': `
    const inner = { then(f) { log('inner'); f('deep'); } }; Promise.resolve({ then(f) { log('outer'); f(inner); } }).then((v) => log(v)); ticks('t', 5);`,
  'thenable that settles later': `
    let go; Promise.resolve({ then(f) { go = f; } }).then((v) => log(v)); Promise.resolve().then(() => {}).then(() => go('later')); ticks('t', 5);`,
  'primitive with a then on its prototype': `
    Number.prototype.then = function (f) { f('wrong'); }; Promise.resolve(5).then((v) => { log(typeof v, String(v)); }); delete Number.prototype.then;`,
  'resolving with itself': `
    let self; self = new Promise((resolve) => { Promise.resolve().then(() => resolve(self)); }); self.catch((e) => log(e instanceof TypeError, e.message));`,
  'a handler that returns its own promise': `
    const p = Promise.resolve().then(() => p); p.catch((e) => log(e instanceof TypeError, e.message));`,
  'handlers that are no functions': `
    Promise.resolve('v').then(null, 5).then('x').then((v) => log(v)); Promise.reject('r').then(undefined, {}).catch(7).catch((e) => log(e));`,
  'several reactions in order': `
    let go; const p = new Promise((r) => { go = r; }); for (const i of [1, 2, 3, 4]) p.then(() => log(i)); go(); p.then(() => log(5));`,
  'handlers get undefined as this': `
    Promise.resolve().then(function () { 'use strict'; log(this === undefined, arguments.length); });`,
  'catch passes values through': `
    Promise.resolve('v').catch(() => log('no')).then((v) => log(v)); ticks('t', 3);`,
  'catch handles and goes on': `
    Promise.reject('x').catch((e) => e + 'y').then((v) => log(v));`,
  'throwing in a catch handler': `
    Promise.reject('x').catch(() => { throw 'again'; }).then(() => log('no'), (e) => log(e));`,
  'catch calls then of its receiver': `
    log(Promise.prototype.catch.call({ then(a, b) { return [a, typeof b].join(); } }, () => {}));`,
  'finally passes the value through': `
    Promise.resolve('v').finally(function () { log('finally', arguments.length); return 'ignored'; }).then((v) => log(v)); ticks('t', 6);`,
  'finally passes the reason through': `
    Promise.reject('r').finally(() => 'ignored').then(() => log('no'), (e) => log(e)); ticks('t', 6);`,
  'finally that throws replaces the outcome': `
    Promise.resolve('v').finally(() => { throw 'new'; }).catch((e) => log(e)); Promise.reject('old').finally(() => { throw 'new2'; }).catch((e) => log(e)); ticks('t', 4);`,
  'finally waits for a promise': `
    let go; Promise.resolve('v').finally(() => new Promise((r) => { go = r; })).then((v) => log(v)); Promise.resolve().then(() => {}).then(() => { log('go'); go('x'); }); ticks('t', 7);`,
  'finally with a rejected promise': `
    Promise.resolve('v').finally(() => Promise.reject('no')).then(() => log('bad'), (e) => log(e)); ticks('t', 6);`,
  'finally with something that is no function': `
    Promise.resolve('v').finally(1).then((v) => log(v)); Promise.reject('r').finally(undefined).catch((e) => log(e)); ticks('t', 4);`,
  'finally calls then with two functions of length one': `
    const p = Promise.resolve(); p.then = (a, b) => { log(a.length, b.length, a.name === '', b.name === ''); return 'result'; }; log(p.finally(() => {}));`,
  'finally on an object that is no promise': `
    log(Promise.prototype.finally.call({ then(a, b) { return typeof a + typeof b; }, constructor: Promise }, () => {})); try { Promise.prototype.finally.call(1); } catch (e) { log(e instanceof TypeError); }`,
  'then on an object that is no promise': `
    try { Promise.prototype.then.call({}); } catch (e) { log(e instanceof TypeError); } try { Promise.prototype.then.call(undefined); } catch (e) { log(e instanceof TypeError); }`,
  'all in order of the input': `
    const wait = (n, v) => { let p = Promise.resolve(); for (let i = 0; i < n; i++) p = p.then(() => {}); return p.then(() => { log('done', v); return v; }); };
    Promise.all([wait(3, 'a'), wait(1, 'b'), 'c', wait(2, 'd')]).then((v) => log(v.join()));`,
  'all of nothing': `
    const p = Promise.all([]); p.then((v) => log('all', Array.isArray(v), v.length)); ticks('t', 2);`,
  'all takes the ticks that it takes': `
    Promise.all([1, Promise.resolve(2), { then(f) { f(3); } }]).then((v) => log(v.join())); ticks('t', 6);`,
  'all rejects with the first reason': `
    Promise.all([Promise.resolve(1), Promise.reject('a'), Promise.reject('b')]).then(() => log('no'), (e) => log(e)); ticks('t', 3);`,
  'all of something that is not iterable': `
    for (const value of [undefined, null, 5, {}, true]) Promise.all(value).catch((e) => log(e instanceof TypeError)); Promise.all().catch((e) => log(e instanceof TypeError));`,
  'all of a string, a set and a generator': `
    Promise.all('ab').then((v) => log(v.join())); Promise.all(new Set([1, 2])).then((v) => log(v.join())); Promise.all((function* () { yield 1; yield Promise.resolve(2); })()).then((v) => log(v.join()));`,
  'all closes the iterator when resolve throws': `
    class P extends Promise { static resolve() { throw 'resolve'; } }
    const it = { [Symbol.iterator]() { return { next() { log('next'); return { value: 1, done: false }; }, return() { log('return'); return {}; } }; } }; P.all(it).catch((e) => log(e));`,
  'all does not close an iterator that throws': `
    const it = { [Symbol.iterator]() { return { next() { throw 'next'; }, return() { log('return'); return {}; } }; } }; Promise.all(it).catch((e) => log(e)); Promise.race(it).catch((e) => log(e)); Promise.any(it).catch((e) => log(e)); Promise.allSettled(it).catch((e) => log(e));`,
  'all with a getter for done or value that throws': `
    const make = (r) => ({ [Symbol.iterator]() { return { next() { return r; }, return() { log('return'); return {}; } }; } });
    Promise.all(make({ get done() { throw 'done'; } })).catch((e) => log(e)); Promise.all(make({ done: false, get value() { throw 'value'; } })).catch((e) => log(e));`,
  'all with a then that calls at once': `
    const now = (v) => { const p = Promise.resolve(v); p.then = (f) => { f(v); f('again'); }; return p; };
    Promise.all([now(1), now(2)]).then((v) => log(v.join())); ticks('t', 2);`,
  'all with a then that calls both at once': `
    const p = Promise.resolve(1); p.then = (f, r) => { r('bad'); f(1); }; Promise.all([p]).then((v) => log('v', v.join()), (e) => log('e', e));`,
  'all with a then that resolves and rejects at once': `
    const p = Promise.resolve(1); p.then = (f, r) => { f(1); r('late'); }; Promise.all([p]).then((v) => log('v', v.join()), (e) => log('e', e));`,
  'all uses resolve of its receiver': `
    const seen = []; class P extends Promise { static resolve(v) { seen.push(v); return super.resolve(v); } } P.all([1, 2]).then((v) => log(v.join(), seen.join(), P.all([]) instanceof P));`,
  allSettled: `
    Promise.allSettled([1, Promise.reject('x'), { then(f, r) { r('y'); } }]).then((v) => log(JSON.stringify(v), Object.keys(v[0]).join(), Object.keys(v[1]).join())); ticks('t', 5);`,
  'allSettled of nothing': `
    Promise.allSettled([]).then((v) => log(JSON.stringify(v))); ticks('t', 2);`,
  'allSettled with both callbacks called': `
    const p = Promise.resolve(); p.then = (f, r) => { r('r'); f('f'); r('r2'); }; Promise.allSettled([p, 1]).then((v) => log(JSON.stringify(v)));`,
  'any takes the first fulfilled': `
    Promise.any([Promise.reject(1), Promise.resolve(2), Promise.resolve(3)]).then((v) => log(v)); ticks('t', 3);`,
  'any of only rejected': `
    Promise.any([Promise.reject('a'), Promise.reject('b')]).catch((e) => log(e instanceof AggregateError, e.errors.join(), e.message, Object.keys(e).join(), e.name)); ticks('t', 3);`,
  'any of nothing': `
    Promise.any([]).catch((e) => log(e instanceof AggregateError, e.errors.length)); ticks('t', 2);`,
  'any keeps the order of reasons': `
    let go; const late = new Promise((_, r) => { go = r; }); Promise.any([late, Promise.reject('b')]).catch((e) => log(e.errors.join())); Promise.resolve().then(() => go('a'));`,
  'race takes the first': `
    let go; Promise.race([new Promise((r) => { go = r; }), Promise.resolve('fast'), Promise.reject('x')]).then((v) => log(v), (e) => log('e', e)); go('slow'); ticks('t', 3);`,
  'race with a value': `
    Promise.race([Promise.resolve(1), 2]).then((v) => log(v)); Promise.race([2, Promise.resolve(1)]).then((v) => log(v));`,
  'race of nothing stays pending': `
    Promise.race([]).then(() => log('no'), () => log('no')); ticks('t', 3);`,
  'race where losers reject': `
    Promise.race([Promise.resolve('w'), Promise.reject('l1'), Promise.resolve().then(() => { throw 'l2'; })]).then((v) => log(v));`,
  'race with a then that calls at once': `
    const p = Promise.resolve(); p.then = (f, r) => { f('one'); r('two'); }; Promise.race([p, Promise.reject('three')]).then((v) => log(v), (e) => log('e', e));`,
  'statics need a constructor as this': `
    for (const name of ['resolve', 'reject', 'all', 'race', 'any', 'allSettled', 'withResolvers', 'try']) for (const self of [undefined, {}, 5, () => {}]) { try { Promise[name].call(self, []); log('no', name); } catch (e) { log(name, e instanceof TypeError); } }`,
  withResolvers: `
    const { promise, resolve, reject, ...rest } = Promise.withResolvers(); log(Object.keys(rest).length, typeof resolve, typeof reject, promise instanceof Promise); promise.then((v) => log(v)); resolve('r'); reject('x'); log('sync'); ticks('t', 2);`,
  'withResolvers of a subclass': `
    class P extends Promise {} const { promise, resolve } = P.withResolvers(); log(promise instanceof P); promise.then((v) => log(v)); resolve(1);`,
  'try with a value, an error and a promise': `
    Promise.try(() => 1).then((v) => log(v)); Promise.try(() => { throw 2; }).catch((e) => log(e)); Promise.try((...a) => Promise.resolve(a.join()), 3, 4).then((v) => log(v)); ticks('t', 5);`,
  'try with something that is no function': `
    Promise.try(5).catch((e) => log(e instanceof TypeError));`,
  'reject does not look into its value': `
    const p = Promise.resolve(1); Promise.reject(p).catch((e) => log(e === p)); Promise.reject({ then() { log('no'); } }).catch((e) => log(typeof e.then));`,
  'subclass: results of then are of the subclass': `
    class P extends Promise {} const p = P.resolve(1); log(p instanceof P, p.then() instanceof P, p.catch() instanceof P, p.finally() instanceof P, p.constructor === P);`,
  'subclass with a constructor': `
    class P extends Promise { constructor(executor) { super(executor); log('made', typeof executor); } } P.resolve(1).then((v) => log(v)); log('sync');`,
  'subclass with species': `
    class P extends Promise { static get [Symbol.species]() { return Promise; } } const p = P.resolve(1); log(p instanceof P, p.then() instanceof P, p.finally() instanceof P);`,
  'species that is null or undefined': `
    for (const species of [null, undefined]) { class P extends Promise { static get [Symbol.species]() { return species; } } log(P.resolve(1).then().constructor === Promise); }`,
  'species that is no constructor': `
    class P extends Promise { static get [Symbol.species]() { return 5; } } try { P.resolve(1).then(); } catch (e) { log(e instanceof TypeError); }`,
  'constructor property that is undefined or no object': `
    const p = Promise.resolve(1); p.constructor = undefined; log(p.then() instanceof Promise); p.constructor = 5; try { p.then(); } catch (e) { log(e instanceof TypeError); }`,
  'constructor property with a getter': `
    const p = Promise.resolve(1); Object.defineProperty(p, 'constructor', { get() { log('get'); return Promise; } }); Promise.resolve(p); p.then(); p.finally(() => {}); log('end');`,
  'subclass that wraps its executor': `
    class P extends Promise { constructor(executor) { super((a, b) => executor((v) => { log('resolve', v); a(v); }, b)); } } P.resolve('x').then((v) => v + 'y').then((v) => log(v)); ticks('t', 4);`,
  'subclass whose constructor does not call its executor': `
    class P extends Promise { constructor() { super(() => {}); } } try { P.resolve(1); } catch (e) { log(e instanceof TypeError); }`,
  'subclass whose constructor calls its executor twice': `
    class P extends Promise { constructor(executor) { super(() => {}); executor(undefined, undefined); executor(() => log('r'), () => {}); } } P.resolve(1); class Q extends Promise { constructor(executor) { super(() => {}); executor(() => {}, () => {}); executor(() => {}, () => {}); } } try { Q.resolve(1); } catch (e) { log(e instanceof TypeError); }`,
  'all of a subclass': `
    class P extends Promise { then(...a) { log('then'); return super.then(...a); } } P.all([P.resolve(1), 2]).then((v) => log(v.join(), v.length)); ticks('t', 4);`,
  'overridden then of an instance': `
    const p = Promise.resolve('x'); p.then = function (f, r) { log('own then'); return Promise.prototype.then.call(this, f, r); }; Promise.resolve().then(() => p).then((v) => log(v)); ticks('t', 6);`,
  'a then that is put on the prototype of a subclass': `
    class P extends Promise {} let count = 0; P.prototype.then = function (...a) { count++; return Promise.prototype.then.apply(this, a); };
    Promise.prototype.then.call(P.resolve('x').finally(() => {}), (v) => log(v, count));`,
  'names and lengths': `
    for (const key of ['then', 'catch', 'finally']) log(key, Promise.prototype[key].length, Promise.prototype[key].name);
    for (const key of ['resolve', 'reject', 'all', 'race', 'any', 'allSettled', 'withResolvers', 'try']) log(key, Promise[key].length, Promise[key].name); log(Promise.length, Promise.name);`,
  'property attributes': `
    log(Object.keys(Promise).length, Object.keys(Promise.prototype).length, Object.keys(Promise.resolve()).length, Reflect.ownKeys(Promise.resolve()).length);
    for (const key of ['then', 'catch', 'constructor', Symbol.toStringTag]) { const d = Object.getOwnPropertyDescriptor(Promise.prototype, key); log(String(key), d.writable, d.enumerable, d.configurable); }
    const d = Object.getOwnPropertyDescriptor(Promise, 'prototype'); log(d.writable, d.enumerable, d.configurable);`,
  'own keys of constructor and prototype': `
    log(Reflect.ownKeys(Promise.prototype).map(String).sort().join()); log(Reflect.ownKeys(Promise).map(String).filter((key) => key !== 'isPromise' && key !== 'Symbol(Symbol.hasInstance)').sort().join());`,
  'to string': `
    log(Object.prototype.toString.call(Promise.resolve()), String(Promise.resolve()), JSON.stringify({ p: Promise.resolve(1) }), typeof Promise);`,
  'methods are no constructors': `
    for (const f of [Promise.prototype.then, Promise.resolve, Promise.all]) { try { new f(); log('no'); } catch (e) { log(e instanceof TypeError, 'prototype' in f); } }`,
  'resolving functions': `
    new Promise((f, r) => { log(f.length, r.length, f.name === '', r.name === '', Object.isExtensible(f), 'prototype' in f, f() === undefined); try { new f(); } catch (e) { log(e instanceof TypeError); } });`,
  'a frozen promise works': `
    let go; const p = Object.freeze(new Promise((r) => { go = r; })); p.then((v) => log(v)); go('ok');`,
  'a promise with own properties': `
    const p = Promise.resolve(1); p.extra = 'x'; log(Object.keys(p).join(), { ...p }.extra); p.then((v) => log(v));`,
  'instance of': `
    class P extends Promise {} log(P.resolve() instanceof Promise, Promise.resolve() instanceof P, {} instanceof Promise, Object.create(Promise.prototype) instanceof Promise, null instanceof Promise);`,
  'handled later in the same turn': `
    const p = Promise.reject('x'); Promise.resolve().then(() => {}).then(() => p.catch((e) => log('handled', e)));`,
  'unhandled rejection': `
    Promise.reject('lost'); Promise.resolve().then(() => log('other'));`,
  'unhandled rejection at the end of a chain': `
    Promise.reject('lost').then(() => log('no')).finally(() => log('finally'));`,
  'unhandled although another branch handles it': `
    const p = Promise.reject('split'); p.then(() => {}); p.catch((e) => log('one', e));`,
  'unhandled rejections: the first counts': `
    Promise.reject('one'); Promise.reject('two');`,
  'rejection of a promise that is raced is handled': `
    Promise.race([Promise.resolve(1), Promise.reject('raced')]).then((v) => log(v));`,
  'rejection of all is unhandled once': `
    Promise.all([Promise.reject('a'), Promise.reject('b')]);`,
  'resolve with a rejected promise counts as handling that one': `
    new Promise((resolve) => resolve(Promise.reject('x'))).catch((e) => log(e)); ticks('t', 3);`,
  'long chains keep their order': `
    let p = Promise.resolve(0); for (let i = 0; i < 50; i++) p = p.then((n) => n + 1); p.then((n) => log('end', n)); ticks('t', 52);`,
  'jobs added by jobs come last': `
    const p = Promise.resolve(); p.then(() => { log(1); p.then(() => log(4)); Promise.resolve().then(() => log(5)); }); p.then(() => log(2)); p.then(() => log(3));`,
  'iteration of a promise array that grows': `
    const list = [1]; const it = { *[Symbol.iterator]() { for (const x of list) { if (list.length < 4) list.push(x + 1); yield x; } } }; Promise.all(it).then((v) => log(v.join()));`,
  'values of all kinds pass unchanged': `
    const values = [undefined, null, NaN, -0, 0n, Symbol.iterator, 'x', true, () => {}, {}, []]; Promise.all(values).then((v) => log(v.every((x, i) => Object.is(x, values[i]))));`,
};
