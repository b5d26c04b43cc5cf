/** Real servers for tests: started on loopback with their own folders, ended by their process id. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { serverPath } from '../../scripts/server-path.ts';

/** @throws Error with the command that installs it, when it is missing */
export function serverProgram(name: string): string {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], {
    env: { PATH: serverPath() },
    encoding: 'utf8',
  });
  const path = found.stdout.trim();
  if (path !== '') return path;
  throw new Error(`${name} is not installed. Install it with: npm run servers`);
}

export interface ServerProcessOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly directory?: string;
  /** Whom the process runs as, instead of the user who runs the tests. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
}

export class ServerProcess {
  readonly child: ChildProcess;
  readonly #exited: Promise<unknown>;
  output = '';

  constructor(program: string, args: readonly string[], options: ServerProcessOptions = {}) {
    this.child = spawn(serverProgram(program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.environment ?? process.env,
      cwd: options.directory,
      ...options.account,
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.#exited = once(this.child, 'exit');
    this.#exited.catch(() => {});
  }

  /** Resolves when `ready` is true of what the server has printed. */
  async started(ready: (output: string) => boolean): Promise<void> {
    while (!ready(this.output)) {
      if (this.child.exitCode !== null) throw new Error(`${this.child.spawnfile} ended: ${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await this.#exited;
    }
  }
}
