import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './nats-server.ts';
import { ServerProcess, serverProgram } from './server-process.ts';
import { type Account, give, unprivilegedAccount } from './unprivileged-account.ts';

/** A real MariaDB on loopback with a data folder of its own. User `root` without a password, database `test`. */
export class MariadbServer {
  readonly port: number;
  readonly #directory: string;
  readonly #account: Account | undefined;
  #process: ServerProcess | undefined;

  private constructor(port: number, directory: string, account: Account | undefined) {
    this.port = port;
    this.#directory = directory;
    this.#account = account;
  }

  static async open(): Promise<MariadbServer> {
    const account = unprivilegedAccount('mysql');
    const directory = await mkdtemp(join(tmpdir(), 'wm-mariadb-'));
    give(directory, account);
    execFileSync(
      serverProgram('mariadb-install-db'),
      [
        '--no-defaults',
        `--datadir=${join(directory, 'data')}`,
        `--tmpdir=${directory}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
      ],
      { cwd: directory, stdio: 'pipe', ...account },
    );
    const server = new MariadbServer(await freePort(), directory, account);
    await server.start();
    return server;
  }

  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}/test`;
  }

  async start(): Promise<void> {
    this.#process = new ServerProcess(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${join(this.#directory, 'data')}`,
        `--tmpdir=${this.#directory}`,
        `--port=${this.port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(this.#directory, 'mariadb.sock')}`,
        `--init-file=${await this.#initFile()}`,
      ],
      { directory: this.#directory, account: this.#account },
    );
    await this.#process.started((output) => output.includes('ready for connections'));
  }

  /** At once by default, as a crash. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#process?.end(signal);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #initFile(): Promise<string> {
    const path = join(this.#directory, 'init.sql');
    await writeFile(path, 'CREATE DATABASE IF NOT EXISTS test CHARACTER SET utf8mb4;\n');
    return path;
  }
}
