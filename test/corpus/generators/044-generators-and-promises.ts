function* flow(): Generator<Promise<number>, number, number> {
  const a = yield Promise.resolve(1);
  let b: number;
  try {
    b = yield Promise.reject(new Error('no'));
  } catch {
    b = 10;
  }
  const c = yield new Promise((resolve) => setTimeout(() => resolve(100), 1));
  return a + b + c;
}

async function run<T>(make: () => Generator<Promise<T>, T, T>): Promise<T> {
  const it = make();
  let step = it.next();
  while (!step.done) {
    try {
      step = it.next(await step.value);
    } catch (error) {
      step = it.throw(error);
    }
  }
  return step.value;
}

export default async function main() {
  const results = await Promise.all([run(flow), run(flow)]);
  return results;
}
