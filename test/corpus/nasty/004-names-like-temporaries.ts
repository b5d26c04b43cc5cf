export default async function main() {
  let $0 = await 0, $1 = await 1, $t = await 't', $t1 = await 't1', _a = await 'a', __await = await 'w', $$ = await '$$', temp = await 'temp', $temp0 = await 'temp0', $error = await 'e', $kind = await 'k', $result = await 'r', $state = await 's', $iteration = await 'it';
  const $this = 'this', $arguments = 'arguments', $super = 'super', $target = 'target', $label = 'l', $completion = 'c', $box = 'b', $n = 1, frame = 'frame', slots = 'slots', at = 'at', state = 'state', context = 'ctx', self = 'self', UNSET = 'unset', SUSPENDED = 'suspended';
  $0 += await 10;
  const f = async () => [$0, $t, $$, frame, slots, at, UNSET, SUSPENDED, $this];
  try {
    for (const $item of [await 'item']) $t1 += $item;
  } finally {
    await null;
  }
  return { $0, $1, $t, $t1, _a, __await, $$, temp, $temp0, $error, $kind, $result, $state, $iteration, $arguments, $super, $target, $label, $completion, $box, $n, state, context, self, f: await f() };
}
