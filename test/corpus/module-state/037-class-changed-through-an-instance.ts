class Pool {
  acquire() {
    const self = this.constructor as any;
    self.acquired = (self.acquired ?? 0) + 1;
    return self.acquired;
  }
  teach(name: string, how: () => unknown) {
    Object.getPrototypeOf(this)[name] = how;
  }
}

export default async function main(): Promise<unknown> {
  const pool = new Pool();
  let learned = 0;
  pool.acquire();
  await null;
  new Pool().acquire();
  pool.teach('trick', () => ++learned);
  await null;
  const other: any = new Pool();
  other.trick();
  await null;
  return [pool.acquire(), other.trick(), learned, (Pool as any).acquired];
}
