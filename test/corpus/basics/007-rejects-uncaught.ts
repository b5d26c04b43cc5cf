export default async function main() {
  const before = await 1;
  await null;
  throw new TypeError(`uncaught after ${before}`);
}
