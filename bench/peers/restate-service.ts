/** The payment as a Restate service: two durable steps (`ctx.run`), the acknowledgement between them. Arguments: NATS URL, port. */
import { connect } from '@nats-io/transport-node';
import { type Context, serve, service } from '@restatedev/restate-sdk';
import { acknowledge, authorise, prepare, resultOf, type Order, type PaymentResult } from './payment-flow.ts';

const [url, port] = process.argv.slice(2);
const nats = await connect({ servers: url! });

const payment = service({
  name: 'payment',
  handlers: {
    pay: async (ctx: Context, order: Order): Promise<PaymentResult> => {
      const prepared = await ctx.run('prepare', () => prepare(nats, order.request));
      acknowledge(nats, order, prepared.receipt);
      const answer = await ctx.run('authorise', () => authorise(nats, order.request, prepared));
      return resultOf(order, prepared, answer);
    },
  },
});

await serve({ services: [payment], port: Number(port) });
process.send?.({ ready: true });
