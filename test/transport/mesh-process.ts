/**
 * One process of a mesh, for tests: `node mesh-process.ts <directory> <id> <subject>`. Answers requests on the subject (queue group of
 * the same name) with `<id>:<pid>`, and a request "hold" never. Says "ready" on stdout.
 */
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';

const [, , directory, id, subject] = process.argv as [string, string, string, string, string];
const transport = await openLocalTransport({ directory, id, greetingMs: 30_000 });
const answer = new TextEncoder().encode(`${id}:${process.pid}`);
await transport.subscribe(subject, { queue: subject }, (message) => {
  if (message.replyTo === undefined || new TextDecoder().decode(message.data) === 'hold') return;
  void transport.publish(message.replyTo, answer);
});
process.stdout.write('ready\n');
