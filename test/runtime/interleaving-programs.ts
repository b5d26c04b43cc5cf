/**
 * Random programs about the order of jobs: many promises of every kind, made, chained, combined and awaited side by side, each step logged
 * between numbered ticks. Generated as text, for the engine's promises and for Waymark's.
 */
import fc from 'fast-check';

/** Functions that every program has. They are closures of `main`, so that they can log. */
const PRELUDE = `
  const lines = [];
  const show = (v) =>
    v instanceof AggregateError ? 'Aggregate(' + v.errors.map(show).join() + ')'
    : v instanceof Error ? v.name + ':' + v.message
    : Array.isArray(v) ? '[' + v.map(show).join() + ']'
    : v !== null && typeof v === 'object' ? 'status' in v ? v.status + '=' + show(v.value ?? v.reason) : 'object'
    : String(v);
  const log = (name, v) => { lines.push(name + ' ' + show(v)); };
  const keep = (name, p) => { Promise.resolve(p).then((v) => log(name + ' ok', v), (e) => log(name + ' no', e)); return p; };
  const later = (n, v) => { let p = Promise.resolve(v); for (let i = 0; i < n; i++) p = p.then((x) => x); return p; };
  const thenable = (name, v) => ({ then(go, no) { log(name, 'called'); go(v); no('late'); } });
  const slowThenable = (name, n, v) => ({ then(go) { later(n).then(() => { log(name, 'settles'); go(v); }); } });
  const badThenable = (name, v) => ({ get then() { log(name, 'got'); throw v; } });
  const throwing = (v) => ({ then() { throw v; } });
  const plain = async (v) => v;
  const awaits = async (name, v) => { log(name, 'in'); const got = await v; log(name, got); return got; };
  const twice = async (name, v) => { const got = await v; await null; log(name, got); return later(1, got); };
  const guarded = async (name, v) => { try { return await v; } catch (e) { log(name, e); return await later(2, 'caught'); } finally { await null; log(name, 'finally'); } };
  const loops = async (name, list) => { let n = 0; for (const each of list) { n += 1; try { log(name + n, await each); } catch (e) { log(name + n, e); continue; } } return n; };
`;

/** Classes at module level: with and without a species, and one that logs its `then`. */
const CLASSES = `
class Sub extends Promise {}
class Plain extends Promise { static get [Symbol.species]() { return Promise; } }
class Odd extends Promise { then(a, b) { return super.then(a, b); } }
`;

const label = fc.integer({ min: 0, max: 99 }).map((n) => `'s${n}'`);
const small = fc.integer({ min: 0, max: 4 });
const value = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map(String),
  fc.constantFrom(`'x'`, 'undefined', 'null', `new RangeError('r')`),
);

const { promise } = fc.letrec<{ promise: string; handler: string; any: string }>((tie) => {
  const any = tie('any');
  const handler = tie('handler');
  const of = tie('promise');
  const list = fc.array(any, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`);
  const made = (parts: string, ...args: readonly fc.Arbitrary<string | number>[]): fc.Arbitrary<string> =>
    fc
      .tuple(...args)
      .map((given) => parts.replaceAll(/\$(\d)/g, (_, index: string) => String(given[Number(index)])));
  return {
    any: fc.oneof(
      { weight: 3, arbitrary: value },
      { weight: 2, arbitrary: of },
      {
        weight: 1,
        arbitrary: fc.oneof(
          made('thenable($0, $1)', label, value),
          made('slowThenable($0, $1, $2)', label, small, value),
          made('badThenable($0, $1)', label, value),
          made('throwing($0)', value),
        ),
      },
    ),
    handler: fc.oneof(
      made('(v) => { log($0, v); return $1; }', label, any),
      made('(v) => { log($0, v); throw $1; }', label, value),
      made('async (v) => { log($0, v); await $1; log($0, 2); return v; }', label, small),
      fc.constantFrom('undefined', 'null', '(v) => v', '7'),
    ),
    promise: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      made('later($0, $1)', small, value),
      made('Promise.resolve($0)', any),
      made('Promise.reject($0)', value),
      made('plain($0)', any),
      made('awaits($0, $1)', label, any),
      made('twice($0, $1)', label, any),
      made('guarded($0, $1)', label, any),
      made('loops($0, $1)', label, list),
      made('new Promise((go, no) => { go($0); no($1); throw $1; })', any, value),
      made('new Promise((go, no) => { later($0).then(() => { log($1, 0); go($2); }); })', small, label, any),
      made('new Promise(() => { throw $0; })', value),
      made('$0.then($1, $2)', of, handler, handler),
      made('$0.then($1)', of, handler),
      made('$0.catch($1)', of, handler),
      made('$0.finally($1)', of, handler),
      made('Promise.all($0)', list),
      made('Promise.allSettled($0)', list),
      made('Promise.any($0)', list),
      made('Promise.race([$0, $1])', any, any),
      made('Promise.try(() => $0)', any),
      made('Promise.try(() => { throw $0; })', value),
      made(
        '((r) => { later($0).then(() => r.resolve($1)); return r.promise; })(Promise.withResolvers())',
        small,
        any,
      ),
      made('Sub.resolve($0)', any),
      made('Plain.resolve($0)', any),
      made('Odd.resolve($0)', any),
      made('Sub.all($0)', list),
      made('Odd.race([$0])', any),
      made('Sub.allSettled($0)', list),
    ),
  };
});

/** The source of a module whose default export returns everything that happened, in order. */
export const interleavingProgram: fc.Arbitrary<string> = fc
  .array(fc.tuple(promise, fc.boolean()), { minLength: 2, maxLength: 7 })
  .map((steps) => {
    const statements = steps.map(([text, isAwaited], index) =>
      isAwaited
        ? `  try { log('main ${index}', await ${text}); } catch (e) { log('main ${index} no', e); }`
        : `  keep('p${index}', ${text});`,
    );
    return `${CLASSES}
export default async function main() {${PRELUDE}
${statements.join('\n')}
  for (let tick = 0; tick < 40; tick++) { lines.push('tick ' + tick); await null; }
  return lines.join('|');
}
`;
  });
