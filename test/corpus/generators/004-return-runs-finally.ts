function* careful(log: string[]) {
  try {
    try {
      yield 1;
      yield 2;
    } finally {
      log.push('inner');
    }
  } finally {
    log.push('outer');
  }
}

function* overriding() {
  try {
    yield 'a';
  } finally {
    return 'mine';
  }
}

function* continuing(log: string[]) {
  for (const name of ['x', 'y', 'z']) {
    try {
      yield name;
    } finally {
      log.push(`leave ${name}`);
      if (name === 'y') continue;
    }
  }
  return 'all';
}

export default async function main() {
  const log: string[] = [];
  const results: unknown[] = [];
  const one = careful(log);
  one.next();
  await null;
  results.push(one.return('r' as never), one.next());
  const two = overriding();
  two.next();
  await null;
  results.push(two.return('theirs'), two.next());
  const three = continuing(log);
  results.push(three.next(), three.next());
  await null;
  results.push(three.return('r'));
  await null;
  results.push(three.next());
  return { results, log };
}
