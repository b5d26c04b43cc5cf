type Posting = readonly [account: string, cents: bigint];
class Ledger {
  readonly #balances = new Map<string, bigint>();
  readonly #journal: { n: number; text: string; postings: readonly Posting[] }[] = [];
  #lock: Promise<unknown> = Promise.resolve();
  post(text: string, ...postings: Posting[]): Promise<number> {
    const done = this.#lock.then(async () => {
      const sum = postings.reduce((total, [, cents]) => total + cents, 0n);
      if (sum !== 0n) throw new RangeError(`${text} is off by ${sum}`);
      await null;
      const before = new Map(this.#balances);
      for (const [account, cents] of postings) {
        const balance = (this.#balances.get(account) ?? 0n) + cents;
        this.#balances.set(account, balance);
        if (account.startsWith('cash') && balance < 0n) {
          this.#balances.clear();
          for (const [key, value] of before) this.#balances.set(key, value);
          throw new Error(`${text}: ${account} would be ${balance}`);
        }
        await null;
      }
      return this.#journal.push({ n: this.#journal.length + 1, text, postings });
    });
    this.#lock = done.catch(() => undefined);
    return done;
  }
  *statement(account: string): Generator<string, bigint> {
    let balance = 0n;
    for (const { n, text, postings } of this.#journal) {
      for (const [name, cents] of postings) {
        if (name !== account) continue;
        balance += cents;
        yield `${n} ${text} ${cents} = ${balance}`;
      }
    }
    return balance;
  }
  get trial(): string {
    return [...this.#balances].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, cents]) => `${name}:${cents}`).join(' ');
  }
}
export default async function run() {
  const ledger = new Ledger();
  const outcomes = await Promise.allSettled([
    ledger.post('capital', ['cash', 1000n], ['equity', -1000n]),
    ledger.post('rent', ['cash', -400n], ['rent', 400n]),
    ledger.post('typo', ['cash', -4n], ['rent', 5n]),
    ledger.post('car', ['car', 700n], ['cash', -700n]),
    ledger.post('split', ['cash', -100n], ['food', 60n], ['fun', 40n]),
  ]);
  const lines: string[] = [];
  const statement = ledger.statement('cash');
  let step = statement.next();
  for (; !step.done; step = statement.next()) {
    lines.push(step.value);
    if (lines.length === 2) await ledger.post('sale', ['cash', 250n], ['sales', -250n]);
    await null;
  }
  return [outcomes.map((o) => (o.status === 'fulfilled' ? o.value : `${o.reason}`)), lines, step.value, ledger.trial];
}
