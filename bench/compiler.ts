/**
 * Compiling and loading scripts.
 *
 * Measured: (1) one script of about 2,000 lines, made of the functions of corpus programs under new names: median of 9 compilations after 3 to
 * warm up, lines per second, size of the emitted code and of the whole bundle (code, metadata, source map, as stores keep it) against the source, gzipped, too;
 * (2) 200 different scripts of the usual size: compiling each, and loading each into a fresh realm (parse, evaluate, register), first
 * time and again.
 * Not measured: a process that starts cold, reading files, importing packages, running the scripts.
 *
 * Run: node bench/compiler.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { compileSource } from '../src/compiler/index.ts';
import { loadRealm } from '../src/runtime/realm.ts';
import { encodeBundle } from '../src/stored-bundle.ts';
import { median } from './quantiles.ts';

const LINES = 2000;
const SCRIPTS = 200;
const ROUNDS = 9;
const WARM_UP = 3;

const corpus = new URL('../test/corpus/', import.meta.url);

/** Programs without imports: they can stand alone under any name. */
function standalonePrograms(): string[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('_lib'))
    .toSorted()
    .map((file) => readFileSync(new URL(file, corpus), 'utf8'))
    .filter((text) => !/^\s*(import|export (?!default))/m.test(text) && text.includes('export default'))
    .filter((text) => compiles(text));
}

function compiles(text: string): boolean {
  try {
    return compileSource(text, '/bench/program.ts').imports.length === 0;
  } catch {
    return false;
  }
}

/** A program inside a function of its own; undefined when it declares what can stand at module level only. */
function asFunction(text: string, number: number): string | undefined {
  const body = text.replace(/export default async function\s*\w*/, 'async function entry');
  if (body.includes('export default')) return undefined;
  const wrapped = `async function program${number}(): Promise<unknown> {\n${body}\nreturn await entry();\n}\n`;
  return compiles(`${wrapped}export default program${number};`) ? wrapped : undefined;
}

function bigScript(programs: readonly string[]): string {
  const parts: string[] = [];
  let lines = 0;
  for (let number = 0; lines < LINES && number < programs.length * 10; number++) {
    const part = asFunction(programs[number % programs.length]!, number);
    if (part === undefined) continue;
    parts.push(part);
    lines += part.split('\n').length - 1;
  }
  return `${parts.join('')}export default async function main(): Promise<unknown> { return await program${/program(\d+)/.exec(parts[0]!)![1]}(); }\n`;
}

function time<T>(run: () => T): { ms: number; value: T } {
  const from = performance.now();
  const value = run();
  return { ms: performance.now() - from, value };
}

const kilobytes = (text: string): string => `${(Buffer.byteLength(text) / 1024).toFixed(0)} KB`;
const gzipped = (text: string): number => gzipSync(text).length;

const programs = standalonePrograms();
console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`);

const source = bigScript(programs);
const lines = source.split('\n').length - 1;
const times: number[] = [];
let bundle = compileSource(source, '/bench/big.ts');
for (let round = -WARM_UP; round < ROUNDS; round++) {
  const { ms, value } = time(() => compileSource(source, '/bench/big.ts'));
  bundle = value;
  if (round >= 0) times.push(ms);
}
const whole = new TextDecoder().decode(encodeBundle(bundle));
const ratio = (text: string): string =>
  `${(Buffer.byteLength(text) / Buffer.byteLength(source)).toFixed(2)} (gzipped ${(gzipped(text) / gzipped(source)).toFixed(2)})`;
console.log(`| one script of ${lines} lines, ${bundle.functions.length} functions | |`);
console.log('|---|--:|');
console.log(
  `| compile, median (lowest to highest) | ${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}) |`,
);
console.log(`| lines per second | ${Math.round((lines / median(times)) * 1000)} |`);
console.log(
  `| source, code, whole bundle | ${kilobytes(source)}, ${kilobytes(bundle.code)}, ${kilobytes(whole)} |`,
);
console.log(`| code / source | ${ratio(bundle.code)} |`);
console.log(`| whole bundle / source | ${ratio(whole)} |`);

// Different texts, so that nothing is found compiled already.
const scripts = Array.from(
  { length: SCRIPTS },
  (_, number) => `${programs[number % programs.length]!}\n// script ${number}\nvoid 'script ${number}';\n`,
);
const compiled = time(() => scripts.map((text, number) => compileSource(text, `/bench/script${number}.ts`)));
const first = time(() => compiled.value.map((each) => loadRealm(each, new Map())));
const again = time(() => compiled.value.map((each) => loadRealm(each, new Map())));
const scriptLines = scripts.reduce((sum, text) => sum + text.split('\n').length, 0);
console.log(`\n| ${SCRIPTS} scripts, ${scriptLines} lines | all | each |`);
console.log('|---|--:|--:|');
for (const [what, { ms }] of [
  ['compile', compiled],
  ['load, first time', first],
  ['load, again', again],
] as const)
  console.log(`| ${what} | ${ms.toFixed(0)} ms | ${(ms / SCRIPTS).toFixed(2)} ms |`);
