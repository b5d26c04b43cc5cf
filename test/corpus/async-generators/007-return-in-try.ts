async function* inner(log: string[]) {
  try {
    yield 1;
    return Promise.reject(new Error('caught here'));
  } catch (error) {
    log.push((error as Error).message);
    return 'from catch';
  } finally {
    log.push('finally');
  }
}

async function* overriding() {
  try {
    return 'first';
  } finally {
    await null;
    return 'second';
  }
}

async function* yielding() {
  try {
    return 'kept';
  } finally {
    yield 'in between';
  }
}

export default async function main() {
  const log: string[] = [];
  const a = inner(log);
  const b = overriding();
  const c = yielding();
  return [await a.next(), await a.next(), await a.next(), await b.next(), await c.next(), await c.next(), await c.next(), log];
}
