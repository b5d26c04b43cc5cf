/**
 * Owns: which scripts are served, and the newest code of each. Invariants:
 *
 * 1. A script is served from when its file first compiles until its file is gone, under its file name as subject and
 *    queue group.
 * 2. A file that does not compile changes nothing: the version before goes on being served, the diagnostic is reported once
 *    for each content that gives it.
 * 3. One scan at a time; a change during a scan is followed by another scan.
 */
import type { Bundle } from '../bundle.ts';
import type { Message, Subscription, Transport } from '../transport/transport.ts';
import type { CodeLibrary, LoadedCode } from './code-library.ts';
import type { NodeEnvironment } from './environment.ts';
import { describeError, NodeError, NodeErrorCode } from './node-error.ts';
import { scriptName } from './script-folder.ts';
import { SourceWatch } from './source-watch.ts';

export interface ServedScript {
  readonly name: string;
  readonly subject: string;
  readonly file: string;
  /** What new instances run. */
  readonly code: LoadedCode;
}

/** A file that cannot be served (in its newest version). */
export interface RefusedScript {
  readonly file: string;
  readonly error: unknown;
}

export type ScriptEvent =
  | {
      readonly kind: 'served' | 'updated' | 'removed';
      readonly name: string;
      readonly subject: string;
      readonly hash: string;
    }
  | { readonly kind: 'refused'; readonly file: string; readonly error: unknown };

export interface ScriptDirectoryInit {
  readonly folder: string;
  /** Put before the file name, with a dot; empty for none. */
  readonly prefix: string;
  readonly watch: boolean;
  readonly environment: NodeEnvironment;
  readonly transport: Transport;
  readonly code: CodeLibrary;
  readonly compile: (file: string) => Promise<Bundle>;
  readonly receive: (script: string, code: () => LoadedCode, message: Message) => void;
  readonly changed: (event: ScriptEvent) => void;
  readonly reportError: (error: unknown) => void;
}

interface Entry {
  readonly name: string;
  readonly subject: string;
  readonly file: string;
  code: LoadedCode;
  subscription: Subscription | undefined;
}

/** Editors write a file in several steps. */
const DEBOUNCE_MS = 50;
const NAME = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

export class ScriptDirectory {
  readonly #init: ScriptDirectoryInit;
  readonly #served = new Map<string, Entry>();
  readonly #refused = new Map<string, RefusedScript>();
  readonly #watch: SourceWatch | undefined;
  #debounce: unknown;
  #scanning: Promise<void> | undefined;
  #scanAgain = false;
  #isClosed = false;

  constructor(init: ScriptDirectoryInit) {
    this.#init = init;
    if (!init.watch) return;
    this.#watch = new SourceWatch({
      folder: init.folder,
      watchFolder: init.environment.watchFolder,
      changed: () => this.#touched(),
      failed: (error) => init.reportError(unreadable(init.folder, error)),
    });
  }

  get served(): readonly ServedScript[] {
    return [...this.#served.values()];
  }

  get refused(): readonly RefusedScript[] {
    return [...this.#refused.values()];
  }

  find(name: string): ServedScript | undefined {
    return this.#served.get(name);
  }

  /**
   * Serves what is there and begins to watch.
   * @throws NodeError WM7012 when the folder cannot be read
   */
  async open(): Promise<void> {
    try {
      // Watching begins before reading, so that no change falls between.
      this.#watch?.open();
      await this.scan();
    } catch (error) {
      this.#watch?.close();
      throw error instanceof NodeError ? error : unreadable(this.#init.folder, error);
    }
  }

  /** Brings what is served in line with the folder. */
  async scan(): Promise<void> {
    if (this.#scanning !== undefined) {
      this.#scanAgain = true;
      return this.#scanning;
    }
    this.#scanning = this.#scanUntilDone();
    try {
      await this.#scanning;
    } finally {
      this.#scanning = undefined;
    }
  }

  /** Stops watching and taking requests; what is being delivered is still handed over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watch?.close();
    if (this.#debounce !== undefined) this.#init.environment.clearTimer(this.#debounce);
    await this.#scanning?.catch(() => {});
    await Promise.all([...this.#served.values()].map(async (entry) => entry.subscription?.unsubscribe()));
  }

  async #scanUntilDone(): Promise<void> {
    do {
      this.#scanAgain = false;
      await this.#scanOnce();
    } while (this.#scanAgain && !this.#isClosed);
  }

  async #scanOnce(): Promise<void> {
    const { folder, environment } = this.#init;
    const files = await environment.listScripts(folder).catch((error: unknown) => {
      throw unreadable(folder, error);
    });
    const names = new Map<string, string>();
    for (const file of files) {
      if (this.#isClosed) return;
      const name = scriptName(file);
      const other = names.get(name);
      if (other === undefined) {
        names.set(name, file);
        await this.#update(name, file);
      } else this.#refuse(file, nameTwice(file, other));
    }
    for (const entry of this.#served.values()) if (!names.has(entry.name)) await this.#remove(entry);
    for (const file of this.#refused.keys()) if (!files.includes(file)) this.#refused.delete(file);
    // A folder that was not watched may have changed since its files were read.
    if (!this.#isClosed && this.#watch?.follow(this.#sources()) === true) this.#touched();
  }

  /** Every source file that is known to be used, or named in a diagnostic. */
  #sources(): string[] {
    const sources = [...this.#served.values()].flatMap(({ code }) => code.bundle.sources);
    for (const { error } of this.#refused.values()) {
      const { diagnostics } = error as { diagnostics?: readonly { readonly file?: unknown }[] };
      for (const { file } of diagnostics ?? []) if (typeof file === 'string') sources.push(file);
    }
    return sources;
  }

  async #update(name: string, file: string): Promise<void> {
    if (!NAME.test(name)) {
      this.#refuse(file, nameInvalid(file));
      return;
    }
    let code: LoadedCode;
    try {
      const bundle = await this.#init.compile(file);
      if (this.#served.get(name)?.code.hash === bundle.hash) {
        this.#refused.delete(file);
        return;
      }
      code = await this.#init.code.take(bundle);
    } catch (error) {
      this.#refuse(file, error);
      return;
    }
    this.#refused.delete(file);
    const entry = this.#served.get(name);
    if (entry === undefined) await this.#serve(name, file, code);
    else {
      this.#init.code.release(entry.code);
      entry.code = code;
      this.#init.changed({ kind: 'updated', name, subject: entry.subject, hash: code.hash });
    }
  }

  async #serve(name: string, file: string, code: LoadedCode): Promise<void> {
    const { prefix, transport } = this.#init;
    const subject = prefix === '' ? name : `${prefix}.${name}`;
    const entry: Entry = { name, subject, file, code, subscription: undefined };
    this.#served.set(name, entry);
    entry.subscription = await transport.subscribe(subject, { queue: subject }, (message) =>
      this.#init.receive(name, () => entry.code, message),
    );
    this.#init.changed({ kind: 'served', name, subject, hash: code.hash });
  }

  async #remove(entry: Entry): Promise<void> {
    this.#served.delete(entry.name);
    await entry.subscription?.unsubscribe();
    this.#init.code.release(entry.code);
    this.#init.changed({ kind: 'removed', name: entry.name, subject: entry.subject, hash: entry.code.hash });
  }

  #refuse(file: string, error: unknown): void {
    const before = this.#refused.get(file);
    this.#refused.set(file, { file, error });
    if (before !== undefined && describeError(before.error) === describeError(error)) return;
    this.#init.changed({ kind: 'refused', file, error });
  }

  #touched(): void {
    if (this.#isClosed) return;
    const { environment } = this.#init;
    if (this.#debounce !== undefined) environment.clearTimer(this.#debounce);
    this.#debounce = environment.setTimer(() => {
      if (!this.#isClosed) this.scan().catch((error: unknown) => this.#init.reportError(error));
    }, DEBOUNCE_MS);
  }
}

function unreadable(folder: string, error: unknown): NodeError {
  return new NodeError(
    NodeErrorCode.folderUnreadable,
    `The script folder ${folder} cannot be read: ${describeError(error)}`,
    {
      cause: error,
      fix: 'Create the folder, or correct its name or permissions.',
    },
  );
}

function nameInvalid(file: string): NodeError {
  return new NodeError(NodeErrorCode.scriptNameInvalid, `${file} cannot be served: its name is no subject`, {
    fix: 'Rename it: letters, digits, - and _, with single dots between. A module that is only imported begins with _ or lies in a subfolder.',
  });
}

function nameTwice(file: string, other: string): NodeError {
  return new NodeError(NodeErrorCode.scriptNameTwice, `${file} is not served: ${other} has the same name`, {
    fix: 'Rename one of the two.',
  });
}
