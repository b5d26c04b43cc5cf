async function swallow(): Promise<string> {
  try {
    throw new Error('lost');
  } finally {
    return await 'swallowed';
  }
}
async function swallowInLoop(): Promise<number> {
  let n = 0;
  do {
    try {
      n++;
      throw n;
    } finally {
      await null;
      if (n < 3) continue;
      break;
    }
  } while (true);
  return n;
}
export default async function main() {
  return [await swallow(), await swallowInLoop()];
}
