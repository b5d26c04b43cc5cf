/** Where a run keeps everything, and what is left of an earlier run in the same place. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface RunFolder {
  readonly path: string;
  readonly mesh: string;
  /** Numbers that must not change between runs in one folder: they say what is where. */
  readonly seed: number;
  readonly nodes: number;
  /** True when the folder was there before. */
  readonly resumed: boolean;
  /** Removes what is temporary. */
  remove(): void;
}

/** Longest path of the mesh folder for which socket paths stay below every system's limit. */
const MAX_MESH_PATH = 60;

/** Opens the folder of an earlier run, or makes a new one; a temporary one without `data`. */
export function openRunFolder(data: string | undefined, wanted: { seed: number; nodes: number }): RunFolder {
  const temporary: string[] = [];
  const makeTemporary = (name: string): string => {
    const folder = mkdtempSync(join(tmpdir(), name));
    temporary.push(folder);
    return folder;
  };
  const path = data === undefined ? makeTemporary('waymark-demo-') : resolve(data);
  mkdirSync(path, { recursive: true });
  const settingsFile = join(path, 'run.json');
  const resumed = existsSync(settingsFile);
  const { seed, nodes } = resumed
    ? (JSON.parse(readFileSync(settingsFile, 'utf8')) as { seed: number; nodes: number })
    : wanted;
  if (!resumed) writeFileSync(settingsFile, JSON.stringify({ seed, nodes }) + '\n');
  const inside = join(path, 'mesh');
  const mesh = Buffer.byteLength(inside) <= MAX_MESH_PATH ? inside : makeTemporary('waymark-mesh-');
  return {
    path,
    mesh,
    seed,
    nodes,
    resumed,
    remove: () => {
      // Processes that are on their way out may still write: try again for a while.
      const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
      for (const folder of temporary) rmSync(folder, options);
    },
  };
}
