/** Objects offer hooks under symbols of the module; a registry finds them on instances, prototypes and functions. */
const BEFORE = Symbol('before');
const AFTER = Symbol('after');
class Base {
  readonly log: string[] = [];
  async [BEFORE](what: string) {
    await null;
    this.log.push(`before ${what}`);
  }
}
class Special extends Base {
  override async [BEFORE](what: string) {
    await super[BEFORE](`special ${what}`);
  }
  [AFTER] = (what: string) => void this.log.push(`after ${what} by field`);
}
type Hooks = { [BEFORE]?: (what: string) => unknown; [AFTER]?: (what: string) => unknown };
const around = async <T>(target: Hooks, what: string, action: () => Promise<T>) => {
  await target[BEFORE]?.(what);
  try {
    return await action();
  } finally {
    await target[AFTER]?.(what);
  }
};
export default async function main() {
  const [base, special] = [new Base(), new Special()];
  const bare = Object.assign(() => {}, { [AFTER]: async (what: string) => void base.log.push(`bare ${await what}`) });
  const results = [
    await around(base, 'a', async () => 1),
    await around(special, 'b', async () => 2),
    await around(bare, 'c', async () => {
      throw new Error('c failed');
    }).catch((error: Error) => error.message),
  ];
  const where = [base, special, bare].map((each) => [BEFORE, AFTER].map((hook) => [hook in each, Object.hasOwn(each, hook)]));
  return { results, logs: [base.log, special.log], where, names: [BEFORE.description, String(AFTER)] };
}
