const enabled = Math.abs(-1) === 1;
if (enabled) {
  var hidden = 5;
  const {
    a,
    b: [c],
  } = { a: { x: 1 }, b: [2] };
  var bump = () => [++hidden, ++a.x, c];
} else {
  let never = 0;
  var touch = () => ++never;
}

export default async function main(): Promise<unknown> {
  bump();
  await null;
  bump();
  await null;
  return [bump(), hidden, typeof touch];
}
