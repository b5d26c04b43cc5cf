/**
 * Owns: one process of a contender, with all that it starts. Invariants:
 *
 * 1. It dies with this process (`setpriv --pdeathsig`), whatever happens to it.
 * 2. CPU time is that of the process, of its living descendants, and of those that have ended and were waited for.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { treeCpuSeconds } from '../../examples/payments/processes/cpu-time.ts';

export interface ProcessPlan {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** Where its output goes. */
  readonly logs: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Runs as another user (only root can). */
  readonly user?: string | undefined;
  /** How it is asked to end. */
  readonly endSignal?: NodeJS.Signals;
}

export class MeasuredProcess {
  readonly name: string;
  output = '';
  readonly #child: ChildProcess;
  readonly #endSignal: NodeJS.Signals;
  readonly #exited: Promise<unknown>;
  #isWanted = true;

  constructor(plan: ProcessPlan) {
    const { name, command, logs, environment, folder, user } = plan;
    this.name = name;
    this.#endSignal = plan.endSignal ?? 'SIGTERM';
    const as = user === undefined ? [] : ['--reuid', user, '--regid', user, '--init-groups'];
    this.#child = spawn('setpriv', [...as, '--pdeathsig', 'KILL', ...command], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', ...environment },
    });
    const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        this.output = (this.output + text).slice(-100_000);
      });
    }
    this.#exited = once(this.#child, 'exit');
    this.#exited.then(
      () => log.end(),
      () => log.end(),
    );
  }

  /** A program of this folder, on the same Node.js, which says `{ ready: true }`. */
  static async node(
    name: string,
    file: string,
    args: readonly string[],
    logs: string,
  ): Promise<MeasuredProcess> {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const started = new MeasuredProcess({ name, command: [process.execPath, path, ...args], logs });
    await started.#orEnd(once(started.#child, 'message'));
    return started;
  }

  /** Resolves when `ready` is true. */
  async until(ready: () => boolean | Promise<boolean>): Promise<void> {
    for (;;) {
      if (await ready()) return;
      this.check();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** @throws Error when it has ended by itself */
  check(): void {
    const { exitCode, signalCode } = this.#child;
    if (!this.#isWanted || (exitCode === null && signalCode === null)) return;
    throw new Error(`${this.name} ended (${signalCode ?? exitCode}):\n${this.output.slice(-2000)}`);
  }

  /** The next message after sending this one. */
  async ask<T>(message: string): Promise<T> {
    const answer = once(this.#child, 'message');
    this.#child.send(message);
    const [value] = (await this.#orEnd(answer)) as [T];
    return value;
  }

  cpuSeconds(): number {
    return treeCpuSeconds(this.#child.pid!);
  }

  async end(): Promise<void> {
    this.#isWanted = false;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill(this.#endSignal);
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    await this.#exited;
    clearTimeout(late);
  }

  async #orEnd<T>(wanted: Promise<T>): Promise<T> {
    const ended = this.#exited.then(() => this.check());
    return (await Promise.race([wanted, ended])) as T;
  }
}
