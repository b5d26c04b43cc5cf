export default async function main() {
  const log: unknown[] = [];
  var e: any = await 'outer';
  try {
    throw 'thrown';
  } catch (e) {
    var e: any = await 'assigned to the catch binding';
    log.push(e);
  }
  log.push(e);
  for (var e: any = 0; e < 1; e++) await null;
  log.push(e);
  for (var e of [await 'of']) ;
  log.push(e);
  var f: any = f ?? 'f was undefined';
  log.push(f);
  switch (1) {
    case 1:
      var g = await 'g';
    // falls through
    default:
      let g2 = g + '2';
      log.push(g2);
  }
  log.push(g);
  return log;
}
