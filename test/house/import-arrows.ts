/**
 * Who may import whom in `src/`. Arrows point down only; what is not listed is forbidden.
 *
 * An entry ending in `/` allows a whole folder, others exactly one file. The files directly in `src/` are the
 * contracts between the folders (`frame-abi.ts`, `bundle.ts`, `waymark-error.ts` ...) and may be imported by every folder.
 */
export const IMPORT_ARROWS: Readonly<Record<string, readonly string[]>> = {
  snapshot: [],
  store: [],
  transport: [],
  compiler: [],
  explanations: ['compiler/diagnostics/'],
  runtime: ['snapshot/'],
  node: [
    'compiler/',
    'runtime/',
    'snapshot/',
    'store/checkpoint-store.ts',
    'store/store-error.ts',
    'transport/await-reply.ts',
    'transport/headers.ts',
    'transport/lease-store.ts',
    'transport/transport.ts',
    'transport/transport-error.ts',
  ],
  database: [],
  batch: [
    'snapshot/',
    'database/',
    'transport/headers.ts',
    'transport/transport.ts',
    'transport/transport-error.ts',
  ],
  migrate: ['store/checkpoint-store.ts', 'store/store-error.ts'],
  testing: ['compiler/', 'runtime/', 'snapshot/', 'store/', 'transport/', 'node/'],
  server: [
    'compiler/',
    'runtime/',
    'snapshot/',
    'store/',
    'transport/',
    'node/',
    'database/',
    'batch/',
    'migrate/',
  ],
  cli: [
    'compiler/',
    'explanations/',
    'runtime/',
    'snapshot/',
    'store/',
    'transport/',
    'node/',
    'database/',
    'batch/',
    'migrate/',
    'server/',
  ],
};

/** First folder of a path below `src/`; undefined for a file directly in `src/`. */
export function areaOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts[0] === 'src' && parts.length > 2 ? parts[1] : undefined;
}

/** True when the file `from` may import the file `to` (both from the root, both below `src/`). */
export function arrowAllowed(from: string, to: string): boolean {
  const source = areaOf(from);
  const target = areaOf(to);
  if (source === target) return true;
  if (target === undefined) return true;
  if (source === undefined) return false;
  const inside = to.slice('src/'.length);
  return (IMPORT_ARROWS[source] ?? []).some((allowed) =>
    allowed.endsWith('/') ? inside.startsWith(allowed) : inside === allowed,
  );
}
