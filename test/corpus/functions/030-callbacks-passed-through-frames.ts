async function withResource<T>(log: string[], f: (r: { name: string }) => Promise<T>): Promise<T> {
  const resource = { name: 'resource' };
  log.push('acquire');
  try {
    return await f(resource);
  } finally {
    await null;
    log.push('release');
    resource.name = 'released';
  }
}
export default async function main() {
  const log: string[] = [];
  let leaked: any;
  const a = await withResource(log, async (r) => { leaked = r; await null; log.push(r.name); return 1; });
  const b = await withResource(log, (r) => withResource(log, async (inner) => { await null; return inner !== r; }));
  const c = await withResource(log, async () => { throw new Error('inside'); }).catch((e: Error) => e.message);
  return { a, b, c, leaked, log };
}
