/** Moves instances of a data folder that no process runs to the code that a folder of scripts has now. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bundle } from '../bundle.ts';
import { CodeLibrary, type LoadedCode } from '../node/code-library.ts';
import { CodeMoves, type MoveRequest, type MoveResult } from '../node/code-moves.ts';
import { processEnvironment } from '../node/environment.ts';
import { scriptName } from '../node/script-folder.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';

export interface StoppedMovesInit {
  /** Held by nobody else meanwhile. */
  readonly store: CheckpointStore;
  /** Folder of scripts. */
  readonly scripts: string;
  readonly compile: (file: string) => Promise<Bundle>;
  readonly recompile: (bundle: Bundle) => Promise<Bundle>;
  readonly reportError: (error: unknown) => void;
}

/** @throws what `compile` throws for a script of one of the instances; NodeError WM7009 if one cannot be loaded */
export async function moveStopped(
  init: StoppedMovesInit,
  request: MoveRequest,
): Promise<readonly MoveResult[]> {
  const { store, reportError, recompile } = init;
  const folder = resolve(init.scripts);
  const code = new CodeLibrary({ store, parentUrl: `${pathToFileURL(folder).href}/`, reportError });
  const newest = new Map<string, LoadedCode>();
  const wanted = await scriptsInFlight(store);
  for (const file of await processEnvironment.listScripts(folder)) {
    const name = scriptName(file);
    if (!wanted.has(name) || (request.script !== undefined && request.script !== name)) continue;
    newest.set(name, await code.take(await init.compile(file)));
  }
  const moves = new CodeMoves({
    store,
    code,
    recompile,
    newest: (script) => newest.get(script),
    live: new Map(),
    replace: () => {},
    pause: (ms) => new Promise((done) => void setTimeout(done, ms)),
  });
  try {
    return await moves.move(request);
  } finally {
    for (const loaded of newest.values()) code.release(loaded);
    await code.idle();
  }
}

async function scriptsInFlight(store: CheckpointStore): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(
    (['running', 'failed'] as const).map((status) => store.list({ status, limit: 1_000_000 })),
  );
  return new Set(lists.flat().map(({ script }) => script));
}
