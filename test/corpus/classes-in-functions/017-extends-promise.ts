export default async function main(): Promise<unknown> {
  const label = 'tagged';
  class Tagged<T> extends Promise<T> {
    tag = label;
    describe() {
      return `${this.tag} promise`;
    }
  }
  const held = new Tagged<number>((resolve) => void Promise.resolve().then(() => resolve(5)));
  const next = held.then((value) => value + 1);
  await null;
  return [held.describe(), await held, await next, next instanceof Tagged, held.constructor === Tagged];
}
