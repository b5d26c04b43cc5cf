/** A `return` or `break` on its way through a `finally` that jumps or throws itself is forgotten, also where another `finally` awaits. */
const log: string[] = [];
const later = async (text: string) => {
  await null;
  log.push(text);
};

async function breakInsteadOfReturn() {
  try {
    for (let i = 0; i < 3; i++) {
      try {
        if (i > 0) return 'forgotten';
      } finally {
        if (i > 0) break;
      }
    }
  } finally {
    await later('break');
  }
  return 'after the loop';
}

async function continueInsteadOfReturn(limit: number) {
  let seen = '';
  try {
    for (let i = 0; i < limit; i++) {
      seen += i;
      try {
        return `forgotten ${i}`;
      } finally {
        if (i < 2) continue;
      }
    }
  } finally {
    await later(`continue ${seen}`);
  }
  return 'none';
}

async function caughtInsteadOfReturn() {
  try {
    try {
      try {
        return 'forgotten';
      } finally {
        throw new Error('thrown');
      }
    } catch (error) {
      log.push(String(error));
    }
  } finally {
    await later('caught');
  }
  return 'after the catch';
}

async function inHandler() {
  try {
    throw 4;
  } catch (error) {
    for (const n of [0, 1, 2]) {
      try {
        if (n) return n;
      } finally {
        if (n === 1) break;
      }
    }
    log.push(`handled ${error}`);
  } finally {
    await later('handler');
  }
  return 'after the handler';
}

/** The return that was first on its way is not forgotten by what happens in the `finally` that it passes. */
async function firstReturnStays() {
  try {
    try {
      return 'first';
    } finally {
      try {
        try {
          return 'second';
        } finally {
          throw new Error('in between');
        }
      } catch {
        log.push('between');
      }
    }
  } finally {
    await later('first');
  }
}

async function secondReturnWins() {
  try {
    try {
      return 'first';
    } finally {
      // oxlint-disable-next-line no-unsafe-finally
      return 'second';
    }
  } finally {
    await later('second');
  }
}

async function awaitsOnTheWay(value: number) {
  outer: for (let round = 0; round < 3; round++) {
    try {
      try {
        await null;
        if (round === value) return `forgotten ${round}`;
        if (round > value) break outer;
      } finally {
        if (round === value) continue outer;
      }
      await later(`round ${round}`);
    } finally {
      await later(`end of ${round}`);
    }
  }
  return `left with ${value}`;
}

function* generator() {
  try {
    for (let i = 0; ; i++) {
      try {
        if (i === 2) return 'forgotten';
      } finally {
        if (i === 2) break;
      }
    }
  } finally {
    yield 'cleaning';
  }
  return 'after';
}

async function labels() {
  let text = '';
  outer: for (const a of [1, 2, 3]) {
    try {
      for (const b of [1, 2]) {
        try {
          if (b === a) continue outer;
          if (a === 3) break outer;
          text += `${a}${b} `;
        } finally {
          if (a === 3) continue;
        }
      }
      text += `done ${a} `;
    } finally {
      await later(`labels ${a}`);
    }
  }
  return text;
}

export default async function main() {
  const results: unknown[] = [];
  results.push(await breakInsteadOfReturn());
  results.push(await continueInsteadOfReturn(5), await continueInsteadOfReturn(1));
  results.push(await caughtInsteadOfReturn());
  results.push(await inHandler());
  results.push(await firstReturnStays());
  results.push(await secondReturnWins());
  results.push(await awaitsOnTheWay(0), await awaitsOnTheWay(1), await awaitsOnTheWay(7));
  const made = generator();
  results.push(made.next(), made.next(), made.next());
  results.push(await labels());
  return { results, log };
}
