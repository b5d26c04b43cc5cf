/**
 * Owns: one child process. Invariants:
 *
 * 1. It never outlives its parent (`die-with-parent.ts`), and a Ctrl-C at the terminal does not reach it: the parent decides. It is
 *    the first of a process group of its own, and signals go to the group.
 * 2. What it prints goes line by line to `onLine` and, whole, to its log file.
 * 3. `exited` settles once, whatever happened; after it nothing is called any more.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const preload = new URL('die-with-parent.ts', import.meta.url);

export interface ChildOptions {
  readonly name: string;
  /** A JavaScript or TypeScript file and its arguments. */
  readonly command: readonly [URL, ...string[]];
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[] | undefined;
  /** Appended to. */
  readonly logFile: string;
  readonly onMessage?: ((message: unknown) => void) | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const TAIL_LINES = 8;

export class Child {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** The last lines that it printed, to say why it ended. */
  readonly tail: readonly string[];
  readonly #process: ChildProcess;

  private constructor(name: string, child: ChildProcess, exited: Promise<Exit>, tail: readonly string[]) {
    this.name = name;
    this.pid = child.pid!;
    this.exited = exited;
    this.tail = tail;
    this.#process = child;
  }

  /** Resolves when the process exists. */
  static async start(options: ChildOptions): Promise<Child> {
    const { name, command, nodeOptions = [], logFile } = options;
    const [file, ...args] = command;
    const child = spawn(
      process.execPath,
      [...nodeOptions, '--import', preload.href, fileURLToPath(file), ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: true,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      },
    );
    const log = createWriteStream(logFile, { flags: 'a' });
    log.on('error', () => {});
    const tail: string[] = [];
    const exited = new Promise<Exit>((resolve) => {
      child.on('close', (code, signal) => {
        log.end();
        resolve({ code, signal });
      });
    });
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
        if (log.writable) log.write(line + '\n');
        tail.push(line);
        if (tail.length > TAIL_LINES) tail.shift();
        options.onLine?.(line);
      });
    }
    if (options.onMessage !== undefined) child.on('message', options.onMessage);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    // Sending to a process that has just been killed is no failure of ours.
    child.on('error', () => {});
    return new Child(name, child, exited, tail);
  }

  send(message: object): void {
    if (this.#process.connected) this.#process.send(message, () => {});
  }

  /** Sends a signal, SIGKILL unless said otherwise, to the process and what it has started. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      // It has just ended by itself.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
