let $slots = 1;
const $f0 = 5;
async function $f1(x: unknown) {
  await null;
  return [x, $f0, ++$slots];
}
function $make0() {
  return $f1($w);
}
const $w = 7;
const $modules = { $f3: async () => $slots };
class $class {
  async $start($frame: number, $at = $frame) {
    await null;
    return [$frame, $at, await $make0()];
  }
}

export default async function main() {
  return [await $f1(1), await new $class().$start(2), await $modules.$f3()];
}
