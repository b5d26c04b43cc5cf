/**
 * The payment as a DBOS workflow: two durable steps (`runStep`), the acknowledgement between them. Requests come over NATS, as Waymark's do;
 * the payment's name is the workflow's id, so that a repeated request is the same workflow. Arguments: NATS URL, database URL.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { connect } from '@nats-io/transport-node';
import {
  acknowledge,
  authorise,
  prepare,
  resultOf,
  type Order,
  type PaymentRequest,
  type PaymentResult,
} from './payment-flow.ts';

const [url, databaseUrl] = process.argv.slice(2);
const nats = await connect({ servers: url! });

async function pay(order: Order): Promise<PaymentResult> {
  const prepared = await DBOS.runStep(() => prepare(nats, order.request), { name: 'prepare' });
  acknowledge(nats, order, prepared.receipt);
  const answer = await DBOS.runStep(() => authorise(nats, order.request, prepared), { name: 'authorise' });
  return resultOf(order, prepared, answer);
}

const workflow = DBOS.registerWorkflow(pay, { name: 'pay' });
DBOS.setConfig({ name: 'payments', systemDatabaseUrl: databaseUrl!, logLevel: 'error' });
await DBOS.launch();

async function serve(request: PaymentRequest, replyTo: string): Promise<void> {
  const start = DBOS.startWorkflow(workflow, { workflowID: request.payment });
  const handle = await start({ request, acknowledgeTo: replyTo });
  nats.publish(replyTo, JSON.stringify(await handle.getResult()));
}

nats.subscribe('payment', {
  queue: 'payment',
  callback: (error, message) => {
    if (error) throw error;
    serve(message.json<PaymentRequest>(), message.reply!).catch((failure: unknown) => {
      process.stderr.write(`${String(failure)}\n`);
      process.exit(1);
    });
  },
});
await nats.flush();
process.send?.({ ready: true });
