interface Request { id: string; card: string; amount: number; alias: string }
export default async function main() {
  const log: string[] = [];
  let sequence = 0;
  const seen = new Map<string, unknown>();
  const services: Record<string, (data: any) => Promise<any>> = {
    tokeniser: async ({ card }) => { await null; if (card === 'broken') throw new Error('tokeniser down'); return { token: `tok-${[...card].reverse().join('')}` }; },
    alias: async ({ alias }) => { await null; await null; return { bank: alias.endsWith('@north') ? 'bank-1' : 'bank-2' }; },
    'bank-1': async ({ amount }) => ({ status: amount > 100 ? 'declined' : 'approved' }),
    'bank-2': async ({ token, amount }) => { await null; return { status: 'approved', reference: `${token}:${amount}` }; },
  };
  const call = async (subject: string, data: any) => {
    const message = `m${++sequence}`;
    log.push(`${message} ${subject}`);
    if (seen.has(message)) return seen.get(message);
    const reply = await services[subject]!(data);
    seen.set(message, reply);
    return reply;
  };
  const pay = async ({ id, card, amount, alias }: Request, reply: (kind: string, data: unknown) => void) => {
    const { token } = await call('tokeniser', { card });
    const { bank } = await call('alias', { alias });
    reply('acknowledged', { id });
    const { status, reference = 'none' } = await call(bank, { token, amount });
    reply('final', { id, status, reference, bank });
    return status;
  };
  const replies: unknown[] = [];
  const reply = (kind: string, data: unknown) => void replies.push([kind, data]);
  const requests: Request[] = [
    { id: 'p1', card: '1234', amount: 50, alias: 'ann@north' },
    { id: 'p2', card: '5678', amount: 500, alias: 'bob@north' },
    { id: 'p3', card: '9999', amount: 70, alias: 'cat@south' },
    { id: 'p4', card: 'broken', amount: 1, alias: 'dan@south' },
  ];
  const results = await Promise.allSettled(requests.map((r) => pay(r, reply)));
  return { results: results.map((r) => (r.status === 'fulfilled' ? r.value : r.reason.message)), replies, log };
}
