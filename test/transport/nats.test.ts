import { afterAll, beforeAll } from 'vitest';
import { openNatsTransport } from '../../src/transport/nats/open-nats-transport.ts';
import { NatsServer } from '../servers/nats-server.ts';
import { transportConformance } from './conformance.ts';

let server: NatsServer;
beforeAll(async () => {
  server = await NatsServer.open();
});
afterAll(() => server.remove());

transportConformance('NATS', async () => ({
  maxMessageBytes: 300_000,
  async open(onError) {
    const { transport, connected } = openNatsTransport({
      servers: server.url,
      maxMessageBytes: 300_000,
      onError,
    });
    await connected;
    return transport;
  },
  finish: async () => {},
}));
