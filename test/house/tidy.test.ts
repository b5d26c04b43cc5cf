/** Rules of the house that a machine can check. Each failure names the file and says what is wrong with it. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorPage } from '../../scripts/error-pages.ts';
import { metricsPage } from '../../scripts/metrics-page.ts';
import { areaOf, arrowAllowed, IMPORT_ARROWS } from './import-arrows.ts';
import { importsOf, projectRoot, readProject, resolveImport } from './project-files.ts';

const files = readProject();
const sources = files.filter((file) => file.path.startsWith('src/') && file.path.endsWith('.ts'));
const written = files.filter((file) => !file.path.endsWith('package-lock.json'));
/** The project's own, and that of the systems it is measured beside. */
const LOCKS = ['package-lock.json', 'bench/peers/package-lock.json'];
const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Lines of the given files that match, as `path:line: text`. */
function linesMatching(pattern: RegExp, among: typeof files): string[] {
  return among.flatMap((file) =>
    file.text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('imports', () => {
  test('every folder of src is in the table of arrows', () => {
    const folders = new Set(sources.map((file) => areaOf(file.path)).filter((area) => area !== undefined));
    expect([...folders].filter((folder) => !(folder in IMPORT_ARROWS))).toEqual([]);
  });

  test('arrows point down only', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file).flatMap(({ specifier }) => {
        const target = resolveImport(file.path, specifier);
        if (target === undefined || !target.startsWith('src/')) return [];
        return arrowAllowed(file.path, target) ? [] : [`${file.path} -> ${target}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('nobody outside src/cli and bin imports the command line', () => {
    const wrong = files
      .filter((file) => file.path.endsWith('.ts') && !/^(src\/cli|test\/cli)\//.test(file.path))
      .filter((file) => !/^test\/(corpus|.*\/fixtures)\//.test(file.path))
      .filter((file) =>
        importsOf(file).some(({ specifier }) => resolveImport(file.path, specifier)?.startsWith('src/cli/')),
      );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  test('no module imports itself through others', () => {
    const edges = new Map(
      sources.map((file) => [
        file.path,
        importsOf(file)
          .filter((statement) => !statement.typeOnly)
          .map(({ specifier }) => resolveImport(file.path, specifier))
          .filter((target) => target !== undefined),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        const cycle = [...trail.slice(trail.indexOf(path)), path];
        // The passes over expressions, statements and functions of a recursive grammar call each other.
        if (!cycle.every((name) => name.includes('src/compiler/3-lower/'))) cycles.push(cycle.join(' -> '));
        return;
      }
      if (done.has(path)) return;
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test('every relative import names an existing file with its ending', () => {
    const missing = sources.flatMap((file) =>
      importsOf(file).flatMap(({ specifier }) => {
        const target = resolveImport(file.path, specifier);
        return target === undefined || existsSync(join(projectRoot, target))
          ? []
          : [`${file.path}: ${specifier}`];
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe('files', () => {
  test('no source file has more than 400 lines, and half have at most 200', () => {
    const sizes = sources.map((file) => ({ path: file.path, lines: lineCount(file.text) }));
    expect(sizes.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = sizes.map(({ lines }) => lines).toSorted((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? 0;
    process.stderr.write(`src: ${sizes.length} files, median ${median} lines, longest ${sorted.at(-1)}\n`);
    expect(median).toBeLessThanOrEqual(200);
  });

  test('names say what the thing is', () => {
    const empty = /(^|[/_-])(utils?|helpers?|common|managers?|misc|stuff)([/._-]|$)/i;
    expect(files.map((file) => file.path).filter((path) => empty.test(path))).toEqual([]);
  });

  test('names are lower case with dashes', () => {
    const odd = written
      .map((file) => file.path)
      .filter((path) => /^(src|test|scripts|bench|examples|simulation)\//.test(path))
      .filter((path) => !/README\.md$|RESULTS\.md$|\/(golden|fixtures|corpus|__snapshots__)\//.test(path))
      .filter((path) => !/^[a-z0-9./-]+$/.test(path));
    expect(odd).toEqual([]);
  });
});

describe('text', () => {
  const word = (...parts: string[]): string => parts.join('');

  test('nothing is left to do', () => {
    const marks = new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')})\\b`);
    expect(linesMatching(marks, written)).toEqual([]);
  });

  test('no merge is half done', () => {
    const marks = new RegExp(`^(${'<'.repeat(7)}|${'>'.repeat(7)}|${'='.repeat(7)}$)`);
    expect(linesMatching(marks, written)).toEqual([]);
  });

  test('no test is skipped, singled out or announced', () => {
    const tests = files.filter((file) => file.path.endsWith('.test.ts') || /^test\/.*\.ts$/.test(file.path));
    const marks = new RegExp(
      `\\b(test|it|describe|suite)(\\.\\w+)*\\.(${word('on', 'ly')}|${word('sk', 'ip')}|skipIf|runIf(?!\\(process\\.platform)|todo|fails)\\b`,
    );
    expect(linesMatching(marks, tests)).toEqual([]);
  });

  test('no path of one machine', () => {
    const folders = ['work', 'root', 'home'].join('|');
    expect(linesMatching(new RegExp(`(^|[\\s"'\`(=:])/(${folders})/`), written)).toEqual([]);
  });

  test('no package registry is named', () => {
    const hosts = new RegExp(
      `//${word('registry', '\\.')}|${word('registry', '\\.')}(npmjs|yarnpkg|npmmirror)\\.|^\\s*registry\\s*=`,
    );
    expect(linesMatching(hosts, files)).toEqual([]);
    for (const path of LOCKS) {
      const lock = files.find((file) => file.path === path);
      expect(lock?.text).toContain('"integrity"');
      expect(lock?.text).not.toContain('"resolved"');
    }
  });

  test.each(LOCKS)(
    '%s names the optional packages of every platform, so that npm ci works on all of them',
    (path) => {
      const lock = JSON.parse(files.find((file) => file.path === path)?.text ?? '{}') as {
        packages: Record<string, { optionalDependencies?: Record<string, string> }>;
      };
      const missing = Object.values(lock.packages)
        .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
        .filter((name) => !(`node_modules/${name}` in lock.packages));
      expect(missing).toEqual([]);
    },
  );

  test.each(LOCKS)('dependencies of %s have exact versions', (path) => {
    const manifest = JSON.parse(
      files.find((file) => file.path === path.replace('-lock', ''))?.text ?? '{}',
    ) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(manifest.dependencies).length).toBeGreaterThan(0);
    expect(Object.entries(manifest.dependencies).filter(([, version]) => !/^\d/.test(version))).toEqual([]);
  });
});

describe('documentation', () => {
  const pages = files.filter((file) => file.path.endsWith('.md'));
  /** Anchors as code hosts make them from headings. */
  const anchorsOf = (text: string): Set<string> =>
    new Set(
      [...text.matchAll(/^#+\s+(.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[`*]/g, '')
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .trim()
          .replaceAll(' ', '-'),
      ),
    );

  test('every link to a file or a heading leads somewhere', () => {
    const broken = pages.flatMap((page) =>
      [...page.text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
        if (/^[a-z]+:/.test(link)) return [];
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page.path : normalize(join(dirname(page.path), path));
        if (!existsSync(join(projectRoot, target))) return [`${page.path}: ${link}`];
        const known = files.find((file) => file.path === target);
        return anchor === undefined || known === undefined || anchorsOf(known.text).has(anchor)
          ? []
          : [`${page.path}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  test('docs/reference/errors.md says what the sources say (npm run docs:errors writes it)', () => {
    expect(files.find((file) => file.path === 'docs/reference/errors.md')?.text).toBe(errorPage());
  });

  test('docs/reference/metrics.md says what the catalogue says (npm run docs:metrics writes it)', () => {
    expect(files.find((file) => file.path === 'docs/reference/metrics.md')?.text).toBe(metricsPage());
  });

  test('each page of docs is linked from another page', () => {
    const linked = new Set(
      pages.flatMap((page) =>
        [...page.text.matchAll(/\]\(([^)\s#]+)/g)].map(([, link = '']) =>
          normalize(join(dirname(page.path), link)),
        ),
      ),
    );
    const orphans = pages
      .map((page) => page.path)
      .filter((path) => path.startsWith('docs/') && !linked.has(path));
    // A page of a folder that is linked as a whole is reachable from there.
    expect(orphans.filter((path) => !linked.has(dirname(path)) && !linked.has(`${dirname(path)}/`))).toEqual(
      [],
    );
  });
});
