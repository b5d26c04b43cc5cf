/**
 * A node that stands by: all that a start costs besides the data is done before the data folder is free, so that it serves a moment
 * after the process that held the folder is gone.
 */
import type { SqliteCheckpointStore } from '../store/sqlite/open-sqlite-store.ts';
import { compileScript } from './compile-all.ts';
import { openStoreWhenFree } from './open-data-folder.ts';
import { scriptsAt } from './script-files.ts';
import type { ServeReporter } from './serve-report.ts';
import type { Terminal } from './terminal.ts';

/** The store of the data folder, once it is free; undefined when the node is stopped before. */
export async function standBy(
  data: string,
  scripts: string,
  reporter: ServeReporter,
  terminal: Terminal,
): Promise<SqliteCheckpointStore | undefined> {
  await warmUp(scripts, terminal);
  return openStoreWhenFree(data, terminal.interrupted, () =>
    reporter.event('standby', `Standing by: another process holds ${data}.`, { data }),
  );
}

/** Loads what serving needs, and compiles each script once: the compiler is quicker the second time. */
async function warmUp(scripts: string, terminal: Terminal): Promise<void> {
  await Promise.all([
    import('../store/sqlite/open-sqlite-store.ts'),
    import('../store/sqlite/schema.ts'),
    import('../server/replica-homes.ts'),
    import('../server/node-endpoint.ts'),
    import('../transport/nats/open-nats-transport.ts'),
    import('../transport/nats/nats-lease-store.ts'),
    import('../transport/local/open-local-transport.ts'),
    import('../compiler/native-imports.ts'),
    import('../runtime/realm.ts'),
  ]);
  // What is wrong with a script is told when it is served.
  const files = await scriptsAt(scripts, terminal).catch(() => []);
  await Promise.allSettled(files.map((file) => compileScript(file)));
}
