export default async function main() {
  let x: any = 5;
  const results = [
    x < (await (x = 6)),
    x === (await (x = 7)),
    x !== (await x),
    [x, 'a'].includes(await (x = 8)),
    (x as any) in (await ((x = 9), { 8: 1 } as any)),
    typeof x + (await (x = 'text')) + typeof x,
  ];
  return { results, x };
}
