import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './nats-server.ts';
import { ServerProcess, serverProgram } from './server-process.ts';
import { type Account, give, unprivilegedAccount } from './unprivileged-account.ts';

export interface PostgresServerOptions {
  /** Settings of postgresql.conf. The server syncs its log as it does in production unless told otherwise here. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * A real PostgreSQL on loopback with a data folder of its own. User `waymark`, any password, database `postgres`. Keeps its port when it is
 * stopped and started again.
 */
export class PostgresServer {
  readonly port: number;
  readonly directory: string;
  readonly #account: Account | undefined;
  readonly #settings: Readonly<Record<string, string>>;
  #process: ServerProcess | undefined;

  private constructor(
    port: number,
    directory: string,
    account: Account | undefined,
    settings: Readonly<Record<string, string>>,
  ) {
    this.port = port;
    this.directory = directory;
    this.#account = account;
    this.#settings = settings;
  }

  static async open(options: PostgresServerOptions = {}): Promise<PostgresServer> {
    const account = unprivilegedAccount('postgres');
    const directory = await mkdtemp(join(tmpdir(), 'wm-postgres-'));
    give(directory, account);
    const init = ['-D', join(directory, 'data'), '-U', 'waymark', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
    execFileSync(serverProgram('initdb'), [...init, '--no-sync'], {
      cwd: directory,
      stdio: 'pipe',
      ...account,
    });
    const server = new PostgresServer(await freePort(), directory, account, options.settings ?? {});
    await server.start();
    return server;
  }

  get url(): string {
    return `postgres://waymark:secret@127.0.0.1:${this.port}/postgres`;
  }

  get pid(): number {
    return this.#process!.child.pid!;
  }

  async start(): Promise<void> {
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...this.#settings };
    this.#process = new ServerProcess(
      'postgres',
      [
        '-D',
        join(this.directory, 'data'),
        '-p',
        String(this.port),
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { directory: this.directory, account: this.#account },
    );
    await this.#process.started((output) => output.includes('ready to accept connections'));
  }

  /** By default at once, as a crash: connections are cut, nothing is written, the next start recovers. */
  async stop(signal: NodeJS.Signals = 'SIGQUIT'): Promise<void> {
    await this.#process?.end(signal);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
