/** What the script API means without durability: the oracle's side of the programs that import `waymark`. */

export async function checkpoint<T>({
  commit,
}: { commit?: () => T | Promise<T>; recover?: () => T | Promise<T> } = {}) {
  await Promise.resolve();
  return await commit?.();
}

/** `milliseconds` from now. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What an instance in its first life says. */
export const self = {
  id: 'native',
  script: 'native',
  attempt: 1,
  recovered: false,
  downtime: 0,
  requestId: undefined,
  checkpoint: 0,
};
