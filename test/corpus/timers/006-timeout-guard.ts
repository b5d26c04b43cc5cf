export default async function main() {
  const withTimeout = async <T>(p: Promise<T>, ms: number): Promise<T | 'timeout'> => {
    let timer: any;
    const guard = new Promise<'timeout'>((resolve) => { timer = setTimeout(resolve, ms, 'timeout'); });
    try {
      return await Promise.race([p, guard]);
    } finally {
      clearTimeout(timer);
    }
  };
  const quick = (async () => { await null; return 'quick'; })();
  return [await withTimeout(quick, 200), await withTimeout(new Promise<string>(() => {}), 2), await withTimeout(Promise.reject(new Error('failed')), 200).catch((e: Error) => e.message)];
}
