export default async function main() {
  const reason = { because: 'x' };
  const signals = [AbortSignal.abort(), AbortSignal.abort(reason), AbortSignal.abort(undefined)];
  const calls: string[] = [];
  signals[0]!.addEventListener('abort', () => calls.push('never'));
  await null;
  return [signals.map((signal) => signal.aborted), signals.map((signal) => signal.reason?.name), signals[1]!.reason === reason, calls];
}
