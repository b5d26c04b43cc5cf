/** The process of everything outside the payment system: tokeniser, alias lookup, banks. */
import { mkdirSync } from 'node:fs';
import { bankBookPath } from '../books/book-paths.ts';
import { BankBook } from '../books/bank-book.ts';
import { joinNetwork, type Network } from '../processes/network.ts';
import { report, roleOptions, tellParent } from '../processes/role-process.ts';
import { seededRandom } from '../seeded-random.ts';
import { serveAliasLookup } from './alias-lookup.ts';
import { Bank } from './bank.ts';
import { parseLatency } from './latency.ts';
import { serveTokeniser } from './tokeniser.ts';

export interface SimulatorsOptions {
  readonly network: Network;
  /** Folder of the books. */
  readonly books: string;
  readonly sync: boolean;
  readonly seed: number;
  /** Latencies, see latency.ts; the banks by name. */
  readonly tokeniser: string;
  readonly aliasLookup: string;
  readonly banks: Readonly<Record<string, string>>;
}

/** What the process tells its parent, first once as soon as it serves. */
export interface SimulatorsReport {
  readonly executions: number;
  readonly dropped: number;
}

const REPORT_EVERY_MS = 500;

const options = roleOptions<SimulatorsOptions>();
mkdirSync(options.books, { recursive: true });
const random = seededRandom(options.seed);
const transport = await joinNetwork(options.network, 'simulators', report);
const books = Object.keys(options.banks).map(
  (name) => new BankBook(bankBookPath(options.books, name), { sync: options.sync }),
);

await serveTokeniser(transport, parseLatency(options.tokeniser, random));
await serveAliasLookup(transport, Object.keys(options.banks), parseLatency(options.aliasLookup, random));
for (const [index, [name, latency]] of Object.entries(options.banks).entries()) {
  await new Bank(name, transport, books[index]!, parseLatency(latency, random), report).serve();
}

const tell = (): void => {
  const sum = (count: (book: BankBook) => number): number =>
    books.reduce((total, book) => total + count(book), 0);
  tellParent({
    executions: sum((book) => book.executions),
    dropped: sum((book) => book.dropped),
  } satisfies SimulatorsReport);
};
tell();
setInterval(tell, REPORT_EVERY_MS);

process.once('SIGTERM', () => {
  Promise.all([transport.close(), ...books.map((book) => book.close())]).then(() => process.exit(0), report);
});
