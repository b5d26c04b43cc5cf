export default async function main() {
  const log: unknown[] = [];
  const early = async (kind: number): Promise<unknown> => {
    try {
      if (kind === 0) first = second;
      if (kind === 1) first = await Promise.resolve(log.push('value'));
      if (kind === 2) first += log.push('never');
      if (kind === 3) ((value: number) => (first = value))(log.push('argument'));
    } catch (error) {
      return String(error);
    }
    let first: any = 1;
    let second: any = await 2;
    return (first = second);
  };
  return [await Promise.all([0, 1, 2, 3, 4].map((kind) => early(kind))), log];
}
