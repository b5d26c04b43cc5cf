export default async function main(): Promise<unknown> {
  const views: { i: number }[] = [];
  let factor = 1;
  for (let i = 1; i <= 3; i++) {
    views.push({
      get i() {
        return i * factor;
      },
      set i(value) {
        i = value;
      },
    });
    await null;
  }
  views[0]!.i = 10;
  await null;
  factor = 100;
  await null;
  return views.map((view) => view.i);
}
