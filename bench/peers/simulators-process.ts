/** Tokeniser, alias lookup and banks of the payments example, all answering at once, on NATS. Arguments: NATS URL, folder of the books. */
import { bankBookPath } from '../../examples/payments/books/book-paths.ts';
import { BankBook } from '../../examples/payments/books/bank-book.ts';
import { serveAliasLookup } from '../../examples/payments/simulators/alias-lookup.ts';
import { Bank } from '../../examples/payments/simulators/bank.ts';
import { serveTokeniser } from '../../examples/payments/simulators/tokeniser.ts';
import { openNatsTransport } from '../../src/transport/nats/open-nats-transport.ts';

const [url, folder] = process.argv.slice(2);
const BANKS = ['alder', 'birch', 'cedar', 'maple'];
const atOnce = (): number => 0;
const failed = (error: unknown): void => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
};
const { transport, connected } = openNatsTransport({ servers: url!, onError: failed });
await connected;
await serveTokeniser(transport, atOnce);
await serveAliasLookup(transport, BANKS, atOnce);
for (const name of BANKS) {
  const book = new BankBook(bankBookPath(folder!, name), { sync: false });
  await new Bank(name, transport, book, atOnce, failed).serve();
}
process.send?.({ ready: true });
