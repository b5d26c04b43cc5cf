const INNER = Symbol('inner');

export default async function main() {
  const boxed: any = Object(INNER);
  boxed.extra = 1;
  const local = Object(Symbol('local'));
  const holder = { [boxed]: 'by box' };
  await null;
  return [typeof boxed, boxed.valueOf() === INNER, boxed == INNER, holder[INNER], boxed.extra, local.description, String(local.valueOf()), Object(INNER) === boxed];
}
