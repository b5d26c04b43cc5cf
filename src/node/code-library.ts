/**
 * Owns: the code that this node runs, by hash. Invariants:
 *
 * 1. A bundle is evaluated once per hash, once more for each instance if it has module-level state of its own.
 * 2. Code is kept while it is the newest of a script or an instance uses it; then it is forgotten here.
 * 3. `save` has resolved before a checkpoint names the hash.
 * 4. What `isSaved` says holds: no removal that was asked for before the code was wanted is under way for it.
 */
import type { Bundle } from '../bundle.ts';
import { decodeBundle, encodeBundle } from '../stored-bundle.ts';
import { importModules } from '../runtime/modules.ts';
import { forgetCode, loadRealm, type Realm } from '../runtime/realm.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import { NodeError, NodeErrorCode } from './node-error.ts';

/** One version of a script's code, ready to run. */
export class LoadedCode {
  readonly bundle: Bundle;
  readonly #modules: ReadonlyMap<string, object>;
  #shared: Realm | undefined;
  /** Instances, and the script that serves it. */
  users = 0;
  /** Under its hash in the store. */
  isSaved = false;
  saving: Promise<void> | undefined;

  constructor(bundle: Bundle, modules: ReadonlyMap<string, object>) {
    this.bundle = bundle;
    this.#modules = modules;
  }

  get hash(): string {
    return this.bundle.hash;
  }

  /** Where an instance runs: shared, unless the bundle has mutable module-level variables. */
  realm(): Realm {
    if (this.bundle.state.length > 0) return this.freshRealm();
    return (this.#shared ??= loadRealm(this.bundle, this.#modules));
  }

  /** One of its own. `bundle`: the same code with more said about it. */
  freshRealm(bundle: Bundle = this.bundle): Realm {
    return loadRealm(bundle, this.#modules);
  }
}

export interface CodeLibraryInit {
  readonly store: CheckpointStore;
  /** Directory URL from which the bare imports of scripts are resolved. */
  readonly parentUrl: string;
  readonly reportError: (error: unknown) => void;
}

export class CodeLibrary {
  readonly #init: CodeLibraryInit;
  readonly #loaded = new Map<string, LoadedCode>();
  readonly #loading = new Map<string, Promise<LoadedCode>>();
  /** Hashes that a removal has spared because they were in use: the store may have them. */
  readonly #spared = new Set<string>();
  #dropping: Promise<void> | undefined;
  #dropAgain = false;

  constructor(init: CodeLibraryInit) {
    this.#init = init;
  }

  /** Hashes of the code that is loaded, and in the store. */
  get savedHashes(): string[] {
    return [...this.#loaded.values()].filter(({ isSaved }) => isSaved).map(({ hash }) => hash);
  }

  /** Hashes of the code that is loaded. */
  get hashes(): string[] {
    return [...this.#loaded.keys()];
  }

  /** Hashes of the code that is loaded or about to be: checkpoints may name it. */
  get wantedHashes(): string[] {
    return [...new Set([...this.#loaded.keys(), ...this.#loading.keys()])];
  }

  /**
   * Code that has just been compiled. The caller has one use of it, to be given back with `release`.
   * @throws NodeError WM7009 when its imports cannot be loaded or its module level throws
   */
  async take(bundle: Bundle): Promise<LoadedCode> {
    return this.#use(bundle.hash, async () => bundle);
  }

  /**
   * Code of an instance from the store, with one use of it.
   * @throws NodeError WM7008 when the store does not have it, WM7009 when it cannot be loaded
   */
  async takeStored(hash: string): Promise<LoadedCode> {
    const code = await this.#use(hash, async () => {
      await this.idle();
      return this.#readStored(hash);
    });
    if (!code.isSaved) await this.#confirm(code);
    return code;
  }

  /** Code of the store that is in use already; undefined if it is not. No use of it is counted. */
  loaded(hash: string): LoadedCode | undefined {
    const code = this.#loaded.get(hash);
    return code?.isSaved === true ? code : undefined;
  }

  use(code: LoadedCode): void {
    code.users++;
  }

  /** Gives one use back; code that nobody uses is forgotten, in the store too. */
  release(code: LoadedCode): void {
    code.users--;
    if (code.users > 0) return;
    let mayBeStored = code.isSaved || code.saving !== undefined;
    if (this.#loaded.get(code.hash) === code) {
      this.#loaded.delete(code.hash);
      forgetCode(code.hash);
      if (this.#spared.delete(code.hash)) mayBeStored = true;
    }
    code.isSaved = false;
    if (mayBeStored) this.dropUnused();
  }

  /** Resolves when the code is durable. To be called before the first checkpoint of an instance. */
  async save(code: LoadedCode): Promise<void> {
    if (code.isSaved) return;
    code.saving ??= this.#write(code);
    await code.saving;
  }

  /** Lets the store forget code that no instance can need any more. */
  dropUnused(): void {
    if (this.#dropping !== undefined) {
      this.#dropAgain = true;
      return;
    }
    this.#dropping = this.#drop().finally(() => {
      this.#dropping = undefined;
      if (!this.#dropAgain) return;
      this.#dropAgain = false;
      this.dropUnused();
    });
  }

  /** Resolves when nothing of this library is under way in the store. */
  async idle(): Promise<void> {
    while (this.#dropping !== undefined) await this.#dropping;
  }

  async #drop(): Promise<void> {
    try {
      const wanted = new Set(this.wantedHashes);
      for (const hash of wanted) this.#spared.add(hash);
      await this.#init.store.dropUnusedCode(wanted);
    } catch (error) {
      this.#init.reportError(error);
    }
  }

  async #write(code: LoadedCode): Promise<void> {
    try {
      // A removal that was asked for before this code was wanted must not hit it.
      await this.idle();
      await this.#init.store.saveCode(code.hash, encodeBundle(code.bundle));
      if (code.users > 0) code.isSaved = true;
      // Its last user has gone meanwhile.
      else this.dropUnused();
    } finally {
      code.saving = undefined;
    }
  }

  /** Loaded as the newest of a script: the store may have it too, or have had it. */
  async #confirm(code: LoadedCode): Promise<void> {
    await this.idle();
    // One that cannot be read there is saved again with the next checkpoint.
    const stored = await this.#init.store.loadCode(code.hash).catch(() => undefined);
    if (stored !== undefined && code.users > 0) code.isSaved = true;
  }

  async #use(hash: string, read: () => Promise<Bundle>): Promise<LoadedCode> {
    let code = this.#loaded.get(hash);
    while (code === undefined) {
      const begun = this.#loading.get(hash);
      const loading = begun ?? this.#load(hash, read);
      this.#loading.set(hash, loading);
      try {
        const made = await loading;
        // Whoever waited beside may have used and released it meanwhile.
        code = this.#loaded.get(hash) ?? made;
        this.#loaded.set(hash, code);
      } catch (error) {
        // What somebody else began may have failed for want of what is at hand here.
        if (begun === undefined) throw error;
        code = this.#loaded.get(hash);
      } finally {
        // Not earlier: it must be kept all the time.
        if (this.#loading.get(hash) === loading) this.#loading.delete(hash);
      }
    }
    code.users++;
    return code;
  }

  async #load(hash: string, read: () => Promise<Bundle>): Promise<LoadedCode> {
    const bundle = await read();
    try {
      const code = new LoadedCode(bundle, await importModules(bundle, this.#init.parentUrl));
      // Evaluated now, so that what its module level throws is not the error of the first instance.
      code.realm();
      return code;
    } catch (error) {
      throw new NodeError(
        NodeErrorCode.codeNotLoadable,
        `The code ${hash.slice(0, 12)} of "${bundle.name}" cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
          fix: 'Install the packages that the script imports, and see what its module level does.',
        },
      );
    }
  }

  async #readStored(hash: string): Promise<Bundle> {
    const bytes = await this.#init.store.loadCode(hash);
    let bundle: Bundle | undefined;
    try {
      bundle = bytes && decodeBundle(bytes);
    } catch {
      bundle = undefined;
    }
    if (bundle?.hash === hash) return bundle;
    throw new NodeError(
      NodeErrorCode.codeMissing,
      `The store has no ${bytes === undefined ? '' : 'readable '}code ${hash.slice(0, 12)}`,
      { fix: 'Put the data folder back from a copy, or purge the instances of this code.' },
    );
  }
}
