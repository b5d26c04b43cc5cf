/** How many jobs each way of returning takes, told by a counter that runs beside it. */
export default async function main() {
  const ways: Record<string, () => Promise<unknown>> = {
    nothing: async () => {},
    value: async () => 1,
    awaited: async () => await Promise.resolve(1),
    promise: async () => Promise.resolve(1),
    call: async () => ways['value']!(),
    nested: async () => ways['promise']!(),
    thenable: async () => ({ then: (go: (v: number) => void) => go(1) }),
    chained: () => Promise.resolve(1).then((v) => v),
    returned: () => Promise.resolve(1).then((v) => Promise.resolve(v)),
    finallied: () => Promise.resolve(1).finally(() => {}),
  };
  const counts: Record<string, number> = {};
  for (const [name, way] of Object.entries(ways)) {
    let over = false;
    void way().then(() => (over = true));
    let ticks = 0;
    while (!over) {
      await null;
      ticks += 1;
    }
    counts[name] = ticks;
  }
  return counts;
}
