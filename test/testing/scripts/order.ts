/** Takes an order, waits for weeks, sends a reminder. */
import { call, checkpoint, publish, reply, self, sleep } from 'waymark';

export default async function order(input: { id: string; total: number }) {
  const stock = await call<{ left: number }>('stock', { id: input.id });
  if (stock.left === 0) throw new RangeError(`${input.id} is sold out`);
  let recovered = false;
  await checkpoint({
    commit: () => reply({ accepted: input.id }),
    recover: () => {
      recovered = true;
      return reply({ accepted: input.id });
    },
  });
  const begun = Date.now();
  const debit = await call<{ number: string }>('bank.debit', { total: input.total });
  await sleep('14d');
  await checkpoint();
  await publish('reminders', { id: input.id, days: Math.round((Date.now() - begun) / 86_400_000) });
  return { id: input.id, debit: debit.number, recovered, attempt: self.attempt };
}
