export default async function main(): Promise<unknown> {
  const log: unknown[] = [];
  const attempts = [
    () => class A extends (A as any) {},
    () =>
      class B {
        [(B as any).name]() {}
      },
    () =>
      class C {
        static [(() => (C as any).name)()] = 1;
      },
    () =>
      class D {
        static self = D;
        m() {
          (D as any) = 1;
        }
      },
  ];
  for (const attempt of attempts) {
    try {
      const made: any = attempt();
      log.push(made.self === made);
      new made().m();
    } catch (error) {
      log.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
    await null;
  }
  return log;
}
