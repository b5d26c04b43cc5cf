/**
 * Owns: the running processes of a run, by name. Invariants:
 *
 * 1. Each name has at most one process; a new one is started only after the old one is gone.
 * 2. A process that ends without having been killed or stopped here is told of (`onEnded`), with its last words.
 * 3. A frozen process does not serve.
 * 4. A process can get another name (`rename`): then it is that one in every respect.
 */
import { Child, type ChildOptions, type Exit } from './child-process.ts';

export interface ProcessTableInit {
  /** Where the log of each process goes, by its name. */
  readonly logFile: (name: string) => string;
  /** It ended by itself. `words` say so, with the last lines that it printed. */
  readonly onEnded: (name: string, exit: Exit, words: string) => void;
  readonly onError: (error: Error) => void;
}

/** What is told by a process that starts. `served` is to be called once it serves. */
export type Listeners = (served: () => void) => Pick<ChildOptions, 'onLine' | 'onMessage'>;

interface Entry {
  name: string;
  readonly child: Child;
  /** Resolves when it serves, or has ended. */
  readonly serving: Promise<void>;
}

/** How long a process may take until it serves, in ms. */
const START_LIMIT_MS = 60_000;
/** How long a process may take to stop when asked, in ms. */
const STOP_LIMIT_MS = 15_000;

export class ProcessTable {
  readonly #init: ProcessTableInit;
  readonly #entries = new Map<string, Entry>();
  readonly #serving = new Set<string>();
  readonly #frozen = new Set<string>();

  constructor(init: ProcessTableInit) {
    this.#init = init;
  }

  /**
   * Resolves when the process serves, or has ended; at once when it exists if it is not `isAwaited`. Does nothing if there is one of
   * that name.
   */
  async start(
    name: string,
    command: ChildOptions['command'],
    listeners: Listeners,
    nodeOptions?: readonly string[],
    isAwaited = true,
  ): Promise<void> {
    if (this.#entries.has(name)) return;
    const serving = Promise.withResolvers<void>();
    const child = await Child.start({
      name,
      command,
      nodeOptions,
      logFile: this.#init.logFile(name),
      ...listeners(serving.resolve),
    });
    const entry: Entry = { name, child, serving: serving.promise };
    this.#entries.set(name, entry);
    child.exited
      .then((exit) => {
        serving.resolve();
        if (this.#entries.get(entry.name) !== entry) return;
        this.#forget(entry.name);
        const how = `${entry.name} ended by itself (${exit.signal ?? `exit code ${exit.code}`})`;
        this.#init.onEnded(entry.name, exit, [`${how}, its last words:`, ...child.tail].join('\n    '));
      })
      .catch(this.#init.onError);
    serving.promise
      .then(() => {
        if (this.#entries.get(entry.name) === entry) this.#serving.add(entry.name);
      })
      .catch(this.#init.onError);
    if (!isAwaited) return;
    await this.untilServing(name);
  }

  /** Resolves when the process serves, or has ended. */
  async untilServing(name: string): Promise<void> {
    const serving = this.#entries.get(name)?.serving;
    const late = Promise.withResolvers<void>();
    const limit = setTimeout(() => late.reject(new Error(`${name} does not serve yet`)), START_LIMIT_MS);
    try {
      await Promise.race([serving, late.promise]);
    } finally {
      clearTimeout(limit);
    }
  }

  /** Gives a process another name, which nobody may have. */
  rename(from: string, to: string): void {
    const entry = this.#entries.get(from);
    if (entry === undefined || this.#entries.has(to)) return;
    const wasServing = this.#serving.has(from);
    this.#forget(from);
    entry.name = to;
    this.#entries.set(to, entry);
    if (wasServing) this.#serving.add(to);
  }

  isRunning(name: string): boolean {
    return this.#entries.has(name);
  }

  isServing(name: string): boolean {
    return this.#serving.has(name) && !this.#frozen.has(name);
  }

  /** Ends a process at once, as a power cut would. Resolves when it is gone. */
  async kill(name: string): Promise<void> {
    const child = this.#entries.get(name)?.child;
    if (child === undefined) return;
    this.#forget(name);
    child.kill('SIGKILL');
    await child.exited;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((name) => this.kill(name)));
  }

  /** Asks a process to stop; kills it when it does not. */
  async stop(name: string): Promise<void> {
    const child = this.#entries.get(name)?.child;
    if (child === undefined) return;
    this.thaw(name);
    this.#forget(name);
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await child.exited;
    clearTimeout(limit);
  }

  /** Lets a process stand still (SIGSTOP). */
  freeze(name: string): void {
    const child = this.#entries.get(name)?.child;
    if (child === undefined) return;
    this.#frozen.add(name);
    child.kill('SIGSTOP');
  }

  /** Lets a frozen process go on (SIGCONT). */
  thaw(name: string): void {
    if (!this.#frozen.delete(name)) return;
    this.#entries.get(name)?.child.kill('SIGCONT');
  }

  tell(name: string, message: object): void {
    this.#entries.get(name)?.child.send(message);
  }

  pids(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.#entries, ([name, { child }]) => [name, child.pid]));
  }

  #forget(name: string): void {
    this.#entries.delete(name);
    this.#serving.delete(name);
    this.#frozen.delete(name);
  }
}
