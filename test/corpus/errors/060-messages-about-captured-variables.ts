/** Variables that closures share and change, named in messages as their author knows them. */
const log: string[] = [];
const attempt = async (run: () => unknown) => {
  try {
    log.push(String(await run()));
  } catch (error) {
    log.push((error as Error).message);
  }
};

export default async function run() {
  let captured: any = 5;
  let nothing: any = null;
  let box: any = { a: 1, n: null };
  let key: any = 'm';
  const change = () => {
    captured++;
    nothing = undefined;
    box = { ...box, b: 2 };
    key = 'n';
  };
  change();
  await attempt(() => captured());
  await attempt(() => captured.x());
  await attempt(() => captured.x.y());
  await attempt(() => nothing());
  await attempt(() => nothing.x);
  await attempt(() => nothing[key]);
  await attempt(() => new captured());
  await attempt(() => new box.a());
  await attempt(() => [...captured]);
  await attempt(() => box.a());
  await attempt(() => box[key]());
  await attempt(() => box[key].deep());
  await attempt(() => {
    const { x } = nothing;
    return x;
  });
  await attempt(() => {
    for (const x of captured) return x;
  });
  await attempt(async () => {
    await null;
    return captured(await 1);
  });
  await attempt(async () => {
    const [first = await 1] = captured;
    return first;
  });
  await attempt(async () => {
    for (const x of box.a) log.push(await x);
  });
  await attempt(async () => {
    for await (const x of captured) log.push(x);
  });
  {
    let captured: any = 'inner';
    const shout = () => (captured += '!');
    shout();
    await attempt(() => captured());
    await attempt(async () => captured(await shout()));
    try {
      captured.missing();
    } catch (error) {
      log.push((error as Error).message);
    }
  }
  try {
    await null;
    captured();
  } catch (error) {
    log.push((error as Error).message);
  }
  await attempt((wanted: any = captured) => wanted());
  return [log, captured, key];
}
