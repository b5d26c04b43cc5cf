/**
 * Runs random programs natively and compiled, and prints the first ones that differ, made small.
 *
 *     npx node test/fuzz/run.ts [--seed N] [--count N] [--print]
 *
 * Program i has the seed N + i. `--print` prints the program of the first seed. Exit code 1 on a difference.
 */
import { parseArgs } from 'node:util';
import { compare, firstDifference, minimise } from './compare.ts';
import { generate, source } from './program.ts';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    count: { type: 'string', default: '1000' },
    failures: { type: 'string', default: '1' },
    print: { type: 'boolean' },
  },
});
const first = Number(options.seed);
const count = Number(options.count);
if (options.print) process.stdout.write(source(generate(first)));
let failures = 0;
for (let seed = first; seed < first + count; seed++) {
  const program = generate(seed);
  const difference = await compare(program);
  if (!difference) continue;
  const small = await minimise(program, difference);
  const remaining = (await compare(small, [difference.mode]))!;
  const text = source(small);
  process.stdout.write(
    `seed ${seed} | ${difference.mode}\n${text.slice(text.indexOf('async function run'))}${firstDifference(remaining)}\n\n`,
  );
  process.exitCode = 1;
  if (++failures >= Number(options.failures)) break;
}
process.stdout.write(`seeds ${first} to ${first + count - 1}: ${failures} differences\n`);
