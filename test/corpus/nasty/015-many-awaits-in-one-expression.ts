export default async function main() {
  let n = 0;
  const next = async () => ++n;
  const total = (await next()) + (await next()) * (await next()) - (await next()) + ((await next()) + ((await next()) + ((await next()) + ((await next()) + ((await next()) + ((await next()) * (await next()))))))) + (await next()) * (await next()) + (await next()) - (await next()) * ((await next()) - (await next())) + (await next()) + (await next()) + (await next());
  const list = [await next(), [await next(), [await next(), [await next(), { a: await next(), b: [await next(), ...[await next(), await next()]] }]]]];
  return { total, list, n };
}
