export default async function main() {
  const $ = await 1, _ = await 2, $frame = await 3, $slots = await 4, $at = await 5, $start = await 6, $w = await 7, $value = await 8;
  const $await = await 9, $take = await 10, $f0 = await 11, $modules = await 12, $resume = await 13, $closure = await 14, $Box = await 15;
  const ünïcödé = await 16, 变量 = await 17, \u0061bc = await 18;
  await null;
  return { $, _, $frame, $slots, $at, $start, $w, $value, $await, $take, $f0, $modules, $resume, $closure, $Box, ünïcödé, 变量, abc };
}
