export default async function main() {
  const fail = async (ticks: number, name: string): Promise<never> => {
    for (let tick = 0; tick < ticks; tick++) await null;
    throw new Error(name);
  };
  try {
    await Promise.any([fail(3, 'slow'), fail(0, 'quick'), Promise.reject(new TypeError('at once')), 0 as never].slice(0, 3));
    return 'no error';
  } catch (error) {
    const aggregate = error as AggregateError;
    return [aggregate.name, aggregate.message, aggregate.errors.map((each) => (each as Error).message)];
  }
}
