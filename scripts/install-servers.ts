/**
 * `npm run servers`: installs the servers that the tests start, and what renders the Helm chart for them, where they are missing. On Debian and Ubuntu with
 * apt-get; elsewhere it says what to install. Does nothing, quickly, when all are there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { serverPath } from './server-path.ts';

interface Server {
  /** On the PATH; or a file of a library. */
  readonly program: string;
  readonly debianPackage: string;
  /** Where others get it. */
  readonly elsewhere: string;
}

const SERVERS: readonly Server[] = [
  {
    program: 'nats-server',
    debianPackage: 'nats-server',
    elsewhere:
      'https://docs.nats.io/running-a-nats-service/introduction/installation (or: brew install nats-server)',
  },
  {
    program: 'openssl',
    debianPackage: 'openssl',
    elsewhere: 'https://openssl-library.org/source/ (or: brew install openssl)',
  },
  {
    program: 'prometheus',
    debianPackage: 'prometheus',
    elsewhere: 'https://prometheus.io/download/ (or: brew install prometheus)',
  },
  {
    program: 'promtool',
    debianPackage: 'prometheus',
    elsewhere: 'https://prometheus.io/download/ (or: brew install prometheus)',
  },
  {
    program: 'postgres',
    debianPackage: 'postgresql',
    elsewhere: 'https://www.postgresql.org/download/ (or: brew install postgresql)',
  },
  {
    program: 'mariadbd',
    debianPackage: 'mariadb-server',
    elsewhere: 'https://mariadb.org/download/ (or: brew install mariadb)',
  },
  {
    program: 'go',
    debianPackage: 'golang-go',
    elsewhere: 'https://go.dev/dl/ (or: brew install go)',
  },
  {
    program: '/usr/share/gocode/src/github.com/Masterminds/sprig/functions.go',
    debianPackage: 'golang-github-masterminds-sprig-dev',
    elsewhere: 'https://github.com/Masterminds/sprig, version 3, at that path',
  },
  {
    program: '/usr/share/gocode/src/sigs.k8s.io/yaml/yaml.go',
    debianPackage: 'golang-k8s-sigs-yaml-dev',
    elsewhere: 'https://github.com/kubernetes-sigs/yaml, version 1, at that path',
  },
];

/** Keeps packages from starting their servers as services: the tests start their own. */
const POLICY_FILE = '/usr/sbin/policy-rc.d';

const has = (program: string): boolean =>
  program.startsWith('/')
    ? existsSync(program)
    : spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: serverPath() } }).status === 0;

const missing = SERVERS.filter(({ program }) => !has(program));
if (missing.length > 0) install(missing);

function install(servers: readonly Server[]): void {
  const packages = [...new Set(servers.map(({ debianPackage }) => debianPackage))];
  if (!has('apt-get')) refuse(servers, 'There is no apt-get on this system.');
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !has('sudo')) refuse(servers, 'Installing packages needs root, and there is no sudo.');
  const run = (...command: string[]): number => {
    const [program, ...args] = isRoot ? command : ['sudo', '-n', ...command];
    return (
      spawnSync(program!, args, {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, PATH: serverPath(), DEBIAN_FRONTEND: 'noninteractive' },
      }).status ?? 1
    );
  };
  process.stdout.write(`Installing ${packages.join(', ')} with apt-get.\n`);
  const hasPolicy = isRoot && spawnSync('test', ['-e', POLICY_FILE]).status === 0;
  if (isRoot && !hasPolicy) writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    // An old list of packages may lead nowhere.
    run('apt-get', 'update', '-q');
    run('apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages);
  } finally {
    if (isRoot && !hasPolicy) rmSync(POLICY_FILE, { force: true });
  }
  const left = servers.filter(({ program }) => !has(program));
  if (left.length > 0) refuse(left, 'apt-get could not install everything.');
}

function refuse(servers: readonly Server[], why: string): never {
  process.stderr.write(`${why} The tests need these programs on the PATH:\n`);
  for (const { program, debianPackage, elsewhere } of servers)
    process.stderr.write(`  ${program}: Debian package ${debianPackage}; elsewhere ${elsewhere}\n`);
  process.exit(1);
}
