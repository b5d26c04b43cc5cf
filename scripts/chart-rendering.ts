/** The Helm chart as Kubernetes gets it, rendered without Helm: chart-renderer/main.go says how. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const source = join(projectRoot, 'scripts/chart-renderer/main.go');
const cache = join(projectRoot, 'node_modules/.cache/chart-renderer');

export const CHART = join(projectRoot, 'deploy/helm/waymark');

export interface Rendering {
  readonly release?: string;
  readonly namespace?: string;
  /** Laid over values.yaml of the chart. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * The files of the chart's `templates/`, rendered, by file name in alphabetical order; those that come out empty are left out.
 * @throws Error with the message of the template engine
 */
export function renderChart({
  release = 'waymark',
  namespace = 'default',
  values = {},
}: Rendering): ReadonlyMap<string, string> {
  const ended = spawnSync(renderer(), {
    input: JSON.stringify({ chart: CHART, release, namespace, values }),
    encoding: 'utf8',
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  const files = Object.entries(JSON.parse(ended.stdout) as Record<string, string>);
  return new Map(
    files.filter(([, text]) => text.trim() !== '').toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** The program, built when its source has changed. Go and the libraries come from the system (`npm run servers`). */
function renderer(): string {
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const program = join(cache, hash);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  // Two test files may build at the same time.
  const built = `${program}.${process.pid}`;
  execFileSync('go', ['build', '-o', built, source], {
    env: {
      GOPATH: '/usr/share/gocode',
      ...process.env,
      GO111MODULE: 'off',
      GOCACHE: join(cache, 'go-build'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  renameSync(built, program);
  return program;
}
