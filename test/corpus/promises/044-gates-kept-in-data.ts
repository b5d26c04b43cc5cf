/** Many promises with the same executor code, some resolved before and some after a wait, by functions kept in data. */
interface Gate {
  readonly name: string;
  readonly open: (value: string) => void;
  readonly passed: Promise<string>;
}

function gate(name: string): Gate {
  let open!: (value: string) => void;
  const passed = new Promise<string>((go) => {
    open = go;
  });
  return { name, open, passed };
}

export default async function main(): Promise<unknown> {
  const order: string[] = [];
  const gates = ['a', 'b', 'c', 'd'].map(gate);
  const through = gates.map(async ({ name, passed }) => {
    order.push(`${name} waits`);
    order.push(`${name} got ${await passed}`);
    return name;
  });
  await null;
  gates[2]!.open('early');
  await null;
  gates[0]!.open('then');
  gates[0]!.open('again');
  order.push('two are open');
  await null;
  for (const { open, name } of gates.toReversed()) {
    open(`last ${name}`);
    await null;
  }
  return { order, names: await Promise.all(through) };
}
