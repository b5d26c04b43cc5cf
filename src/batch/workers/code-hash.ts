/** Whether two nodes have the same job: a hash of its definition and of the modules that it comes from, as they are on the disk. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import type { WorkerSource } from '../definition/worker-source.ts';

/**
 * Of the modules with everything that they import by relative path; packages are not looked into. Where the files are does not matter, only how
 * they lie to each other.
 */
export async function codeHashOf(source: WorkerSource): Promise<string> {
  const hash = createHash('sha256');
  const { jobId, definition, aliases } = source;
  // Where something is written in job XML says nothing of what it does.
  const withoutPlaces = (key: string, value: unknown): unknown => (key === 'place' ? undefined : value);
  hash.update(JSON.stringify([jobId, definition, aliases], withoutPlaces));
  for (const module of [source.module, source.registryModule])
    for (const [path, text] of module === undefined ? [] : await filesOf(module))
      hash.update(`\0${path}\0${text.length}\0${text}`);
  return hash.digest('hex').slice(0, 32);
}

async function filesOf(module: string): Promise<readonly (readonly [path: string, text: string])[]> {
  const texts = new Map<string, string>();
  const open = [module];
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (texts.has(url)) continue;
    const file = fileURLToPath(url);
    // A module may import what is there on some machines only.
    const text = await readFile(file, 'utf8').catch(() => '');
    texts.set(url, text);
    for (const specifier of /\.[cm]?[jt]s$/.test(file) ? importsOf(file, text) : [])
      if (/^\.\.?\//.test(specifier)) open.push(new URL(specifier, url).href.replace(/[?#].*$/, ''));
  }
  const base = fileURLToPath(new URL('.', module));
  return [...texts]
    .map(([url, text]) => [relative(base, fileURLToPath(url)).replaceAll('\\', '/'), text] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function importsOf(file: string, text: string): readonly string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(file, text).module;
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const [, literal] = /^(['"])([^'"\\]*)\1$/.exec(text.slice(start, end))?.slice(1) ?? [];
      return literal ?? [];
    }),
  ];
}
