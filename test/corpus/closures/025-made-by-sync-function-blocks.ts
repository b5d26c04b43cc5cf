function make(input: string) {
  const fs: Record<string, () => unknown> = {};
  switch (input) {
    case 'x':
      let inSwitch = 1;
      fs.switch = () => inSwitch++;
  }
  try {
    throw { caught: input };
  } catch ({ caught, extra = 'default' }: any) {
    fs.catch = () => [caught, extra];
    caught += '!';
  }
  {
    let block = 'b';
    function inBlock() {
      return (block += 'b');
    }
    fs.block = inBlock;
  }
  label: for (let i = 0; ; i++) {
    fs.loop = () => i;
    if (i === 2) break label;
  }
  fs.arguments = () => arguments.length;
  fs.hoisted = () => hoisted();
  return fs;
  function hoisted() {
    return `hoisted ${input}`;
  }
}
export default async function main() {
  const fs = make('x');
  await null;
  const first = Object.entries(fs).map(([k, f]) => [k, f()]);
  await null;
  return { first, again: [fs.switch!(), fs.block!(), fs.loop!()] };
}
