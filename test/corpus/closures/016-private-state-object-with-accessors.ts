export default async function main() {
  const makeThermostat = (start: number) => {
    let target = start;
    const history: number[] = [];
    return {
      get target() { return target; },
      set target(value: number) { history.push(target); target = value; },
      history,
      async settle() { await null; return `${target} after ${history.length}`; },
    };
  };
  const t = makeThermostat(20);
  await null;
  t.target = await 21;
  t.target++;
  await null;
  return { target: t.target, history: t.history, text: await t.settle() };
}
