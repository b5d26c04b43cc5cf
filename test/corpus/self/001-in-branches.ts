import { self } from 'waymark';
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  const branch = async (name: string): Promise<void> => {
    note(`${name} at once`);
    await null;
    note(`${name} later`);
  };
  await Promise.all([branch('a'), branch('b'), (async () => note('arrow'))()]);
  return { seen, text: typeof id };
}
