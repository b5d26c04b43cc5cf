export default async function main() {
  const early = async (kind: number): Promise<unknown> => {
    const values = [7];
    try {
      if (kind === 0) [late] = values;
      if (kind === 1) ({ late } = { late: 1 });
      if (kind === 2) [late = await 2] = [];
      if (kind === 3) ({ ...late } = { x: 1 });
      if (kind === 4) for (late of values) await null;
      if (kind === 5) for (late in { key: 1 }) await null;
      if (kind === 6) for ([late] of [[1]]) await null;
      if (kind === 7) [fixed] = values;
      if (kind === 8) [fixed = await 1] = values;
    } catch (error) {
      return String(error);
    }
    let late: any = 5;
    const fixed: any = await 6;
    [late] = [late + fixed];
    return late;
  };
  return await Promise.all(Array.from({ length: 10 }, (_, kind) => early(kind)));
}
