/**
 * Kills imports with skips and retries again and again, and prints what is in their tables as a row of a table each.
 *
 *     npm run kills -- [--kills 200] [--seed N] [--only sqlite|postgres|plain]
 *
 * Exit code 1 if a row is lost, or there more often than it may be. The same seed kills after the same chunks; within a chunk the moment is
 * up to the machine.
 */
import { parseArgs } from 'node:util';
import { CASES, killedImport } from './killed-import.ts';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    only: { type: 'string' },
  },
});
const kills = Number(options.kills);
const seed = Number(options.seed);
const write = (line: string): void => void process.stdout.write(`${line}\n`);

write(
  '| database, writer | seed | kills (before the first chunk) | rows | chunks | skips | retries | rows written again (kills) | most after one kill | s |',
);
write('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
for (const [database, kind] of CASES) {
  if (options.only !== undefined && !`${database} ${kind}`.includes(options.only)) continue;
  const {
    killsAtStart,
    rows,
    chunks,
    skips,
    retries,
    again,
    killsWithRowsAgain,
    mostAgain,
    seconds,
    ...done
  } = await killedImport([database, kind] as (typeof CASES)[number], kills, seed, (text) =>
    process.stderr.write(`${text}\n`),
  );
  const cells = [
    `${database}, ${kind}`,
    seed,
    `${done.kills} (${killsAtStart})`,
    rows,
    chunks,
    skips,
    retries,
    `${again} (${killsWithRowsAgain})`,
    mostAgain,
    Math.round(seconds),
  ];
  write(`| ${cells.join(' | ')} |`);
}
