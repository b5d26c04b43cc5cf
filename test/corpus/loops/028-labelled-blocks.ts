export default async function main() {
  const log: string[] = [];
  block: {
    log.push('in');
    if (await true) break block;
    log.push('not reached');
  }
  a: b: c: {
    d: if (await true) {
      await null;
      break d;
    }
    log.push('after d');
    try {
      break b;
    } finally {
      log.push(await 'finally');
    }
  }
  same: for (const i of [1, 2]) {
    same2: {
      await null;
      if (i === 1) continue same;
      break same2;
    }
    log.push(`reached ${i}`);
  }
  nothing: ;
  return log;
}
