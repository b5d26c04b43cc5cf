export default async function main() {
  const controller = new AbortController();
  const held: any = { signal: controller.signal, deep: { controller } };
  held.signal.note = 'n';
  await null;
  const linked = held.deep.controller.signal === held.signal;
  held.deep.controller.abort(1);
  await null;
  return [linked, held.signal.aborted, held.signal.reason, held.signal.note, held.signal instanceof AbortSignal, held.deep.controller instanceof AbortController];
}
