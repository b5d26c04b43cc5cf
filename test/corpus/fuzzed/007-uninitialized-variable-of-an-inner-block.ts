/** Blocks without suspension points keep their variables' names, also where a variable around them, or of the module, has the same one. */
const moduleWide = 'module';
const outcomes: string[] = [];
const attempt = (run: () => unknown) => {
  try {
    outcomes.push(String(run()));
  } catch (error) {
    outcomes.push(String(error));
  }
};

async function shadowed(which: number) {
  const { list: [same] = [] }: { list?: number[] } = { list: [which] };
  await null;
  try {
    switch (which) {
      case 0:
        // @ts-expect-error read before its declaration
        const same: unknown = same;
        outcomes.push('not reached', String(same));
        break;
      case 1: {
        const moduleWide = `own ${which}`;
        attempt(() => moduleWide);
        break;
      }
      case 2: {
        let same = 10;
        const add = () => (same += 1);
        add();
        attempt(() => same);
        break;
      }
      default: {
        attempt(() => later);
        class later {}
        outcomes.push(later.name);
      }
    }
  } catch (error) {
    outcomes.push(String(error));
  }
  const sum = same! + (await Promise.resolve(1));
  return `${moduleWide} ${same} ${sum}`;
}

export default async function main() {
  for (let which = 0; which < 4; which++) outcomes.push(await shadowed(which));
  return outcomes;
}
