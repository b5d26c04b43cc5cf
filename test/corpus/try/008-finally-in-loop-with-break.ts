export default async function main() {
  const log: string[] = [];
  for (const n of [1, 2, 3, 4]) {
    try {
      if (n === 2) continue;
      if (n === 4) break;
      log.push(`body ${await n}`);
    } finally {
      log.push(`finally ${await n}`);
    }
  }
  let n = 0;
  while (true) {
    try {
      try {
        await null;
        if (++n === 3) break;
      } finally {
        log.push(`inner ${n}`);
      }
    } finally {
      await null;
      log.push(`outer ${n}`);
    }
  }
  return log;
}
