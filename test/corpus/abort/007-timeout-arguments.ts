export default async function main() {
  const attempts = [() => AbortSignal.timeout(-1), () => AbortSignal.timeout('1' as never), () => (AbortSignal as any)(), () => new (AbortSignal as any)(), () => AbortSignal.timeout(10_000)];
  await null;
  return attempts.map((attempt) => {
    try {
      return (attempt() as AbortSignal).aborted;
    } catch (error: any) {
      return [error.constructor.name, error.code];
    }
  });
}
