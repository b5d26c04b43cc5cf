/** Variables of one async function that have the same name. */
export default async function run(value: any = 1) {
  const log: string[] = [];
  const note = (error: unknown) => void log.push((error as Error).message);
  for (const item of [1, 2] as any[]) {
    try {
      await null;
      item();
    } catch (error: any) {
      note(error);
      try {
        await null;
        error();
      } catch (error) {
        note(error);
      }
    }
  }
  for (const item of ['a'] as any[]) {
    try {
      log.push(await item.missing());
    } catch (error) {
      note(error);
    }
    {
      const value: any = { item };
      const [item2 = await value.item] = [];
      try {
        await null;
        value.item(item2);
      } catch (error) {
        note(error);
      }
      try {
        new value();
      } catch (error) {
        note(error);
      }
    }
  }
  try {
    await null;
    value();
  } catch (error) {
    note(error);
  }
  {
    const value: any = 7;
    const list = async () => {
      const value: any = 8;
      await null;
      return [...value];
    };
    await list().catch(note);
    try {
      await null;
      for (const part of value) log.push(part);
    } catch (error) {
      note(error);
    }
  }
  return log;
}
