export default async function main() {
  const [one, two] = [new AbortController(), new AbortController()];
  const log: string[] = [];
  const any = AbortSignal.any([one.signal, two.signal]);
  const nested = AbortSignal.any([any]);
  any.addEventListener('abort', () => log.push('any'));
  nested.addEventListener('abort', () => log.push('nested'));
  two.signal.addEventListener('abort', () => log.push('two'));
  await null;
  const before = [any.aborted, nested.aborted];
  two.abort('because');
  await null;
  one.abort('late');
  return { before, log, reasons: [any.reason, nested.reason, one.signal.reason], aborted: [any.aborted, nested.aborted] };
}
