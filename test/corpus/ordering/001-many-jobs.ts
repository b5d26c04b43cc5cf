/** Branches of every kind side by side: many jobs, whose order is folded into a checksum. */
export default async function main() {
  let order = 0;
  let jobs = 0;
  const step = (id: number): number => {
    jobs += 1;
    order = (order * 31 + id) % 1_000_003;
    return id;
  };
  const kinds: ((id: number) => Promise<unknown>)[] = [
    async (id) => {
      for (let n = 0; n < 25; n++) step(await id);
    },
    (id) => {
      let p = Promise.resolve(id);
      for (let n = 0; n < 25; n++) p = p.then(step);
      return p;
    },
    async (id) => {
      for (let n = 0; n < 8; n++) await Promise.all([id, id + 1].map(async (each) => step(each)));
    },
    async (id) => {
      for (let n = 0; n < 8; n++) step(await new Promise<number>((go) => queueMicrotask(() => go(id))));
    },
    async (id) => {
      const inner = async (depth: number): Promise<number> => (depth === 0 ? step(id) : inner(depth - 1));
      for (let n = 0; n < 5; n++) await inner(4);
    },
    async (id) => {
      for (let n = 0; n < 8; n++) {
        try {
          await Promise.any([Promise.reject(new Error('no')), Promise.resolve().then(() => step(id))]);
        } finally {
          await Promise.resolve(id).finally(() => step(id));
        }
      }
    },
    async (id) => {
      // oxlint-disable-next-line unicorn/no-thenable -- it is one
      const thenable = { then: (go: (value: number) => void) => go(step(id)) };
      for (let n = 0; n < 10; n++) await thenable;
    },
  ];
  const ended: number[] = [];
  await Promise.all(Array.from({ length: 21 }, async (_, id) => {
    await kinds[id % kinds.length]!(id);
    ended.push(id);
  }));
  return { order, jobs, ended };
}
