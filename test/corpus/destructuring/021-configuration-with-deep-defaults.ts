/** One parameter with defaults at every level, some of them awaited by a helper, some computed from those before. */
const fetched = async <T>(value: T, log: string[]) => {
  log.push(`fetched ${String(value)}`);
  await null;
  return value;
};
export default async function main() {
  const log: string[] = [];
  const connect = async (options: any = {}) => {
    const {
      host = await fetched('localhost', log),
      port = host === 'localhost' ? 1 : await fetched(443, log),
      retry: { times = 3, pauses: [first = times, ...others] = [await fetched(7, log), 8], ...retry } = {} as any,
      [`${host}-token`]: token = null,
      ...rest
    } = options;
    await null;
    return { host, port, times, first, others, retry, token, rest };
  };
  return {
    results: [
      await connect(),
      await connect({ host: 'example', retry: { times: 1, pauses: [undefined, 5], jitter: true }, 'example-token': 't', extra: 1 }),
      await connect({ port: 0, retry: { pauses: [] }, 'localhost-token': undefined }),
    ],
    log,
  };
}
