export default async function main() {
  const log: unknown[] = [];
  const value = async () => {
    let x = 1;
    try {
      return x;
    } finally {
      x = 2;
      await null;
      log.push(x);
    }
  };
  const object = async () => {
    const o = { n: 1 };
    try {
      return o;
    } finally {
      await null;
      o.n = 2;
    }
  };
  const nested = async () => {
    try {
      try {
        return await 'inner';
      } finally {
        await null;
        log.push('first');
      }
    } finally {
      log.push(await 'second');
    }
  };
  return [await value(), await object(), await nested(), log];
}
