/** How a command reaches nodes: over NATS when servers are named, else through the processes of this machine. */
import { type Command, Option } from 'commander';
import type { NatsSample } from '../server/metrics/node-sample.ts';
import type { NatsState } from '../transport/nats/open-nats-transport.ts';
import type { LeaseStore } from '../transport/lease-store.ts';
import type { Transport } from '../transport/transport.ts';
import { meshFolder, socketOption } from './shared-options.ts';
import type { Terminal } from './terminal.ts';

export interface TransportFlags {
  socket?: string;
  nats?: string;
  natsToken?: string;
  natsUser?: string;
  natsPassword?: string;
  natsNkey?: string;
  natsCreds?: string;
  natsCa?: string;
  natsCert?: string;
  natsKey?: string;
}

/** Adds the options to a command. Secrets are better given by the environment: arguments can be seen by other users. */
export function addTransportOptions(command: Command): Command {
  return command
    .addOption(socketOption())
    .addOption(new Option('--nats <urls>', 'NATS servers, separated by commas').env('WAYMARK_NATS'))
    .addOption(new Option('--nats-token <token>', 'token for NATS').env('WAYMARK_NATS_TOKEN'))
    .addOption(new Option('--nats-user <name>', 'user for NATS').env('WAYMARK_NATS_USER'))
    .addOption(new Option('--nats-password <text>', 'password for NATS').env('WAYMARK_NATS_PASSWORD'))
    .addOption(new Option('--nats-nkey <file>', 'file with an nkey seed').env('WAYMARK_NATS_NKEY'))
    .addOption(new Option('--nats-creds <file>', 'credentials file').env('WAYMARK_NATS_CREDS'))
    .addOption(new Option('--nats-ca <file>', 'authorities to trust (PEM)').env('WAYMARK_NATS_CA'))
    .addOption(new Option('--nats-cert <file>', 'client certificate (PEM)').env('WAYMARK_NATS_CERT'))
    .addOption(
      new Option('--nats-key <file>', 'key of the client certificate (PEM)').env('WAYMARK_NATS_KEY'),
    );
}

export interface OpenedTransport {
  readonly transport: Transport;
  /** In words, for a banner. */
  readonly description: () => string;
  /** Resolves when it can be used; NATS may take as long as its servers do. */
  readonly connected: Promise<void>;
  /** How the connection to NATS is; undefined without NATS. */
  readonly nats: (() => NatsSample) | undefined;
  /** Leases in JetStream; undefined without NATS. Call it when connected. */
  readonly openLeases: ((ttlMs: number, replicas: number) => Promise<LeaseStore>) | undefined;
}

/** How long a command that asks processes of this machine waits for one that is too busy to greet it, ms. */
const GREETING_MS = 5_000;

/** For a command that asks nodes something. @throws as `openTransport` */
export const openToAsk = (flags: TransportFlags, terminal: Terminal): Promise<OpenedTransport> =>
  openTransport(flags, terminal, {
    error: (error) => terminal.talk(String(error)),
    greetingMs: GREETING_MS,
  });

/**
 * @param report `greetingMs`: how long processes of this machine are waited for that do not greet; default: that of the local transport
 * @throws TransportError WM6015 and those of opening the local transport
 */
export async function openTransport(
  flags: TransportFlags,
  terminal: Terminal,
  report: {
    readonly error: (error: unknown) => void;
    readonly state?: (state: NatsState) => void;
    readonly greetingMs?: number;
  },
): Promise<OpenedTransport> {
  if (flags.nats === undefined) {
    const { openLocalTransport } = await import('../transport/local/open-local-transport.ts');
    const directory = meshFolder(flags.socket, terminal);
    const transport = await openLocalTransport({
      directory,
      onError: report.error,
      greetingMs: report.greetingMs,
    });
    return {
      transport,
      description: () => `local, ${directory}`,
      connected: Promise.resolve(),
      nats: undefined,
      openLeases: undefined,
    };
  }
  const { openNatsTransport } = await import('../transport/nats/open-nats-transport.ts');
  const { natsCa: caFile, natsCert: certFile, natsKey: keyFile } = flags;
  const hasTls = caFile !== undefined || certFile !== undefined || keyFile !== undefined;
  const { transport, connected } = openNatsTransport({
    servers: flags.nats,
    token: flags.natsToken,
    user: flags.natsUser,
    password: flags.natsPassword,
    nkeyFile: flags.natsNkey,
    credsFile: flags.natsCreds,
    tls: hasTls ? { caFile, certFile, keyFile } : undefined,
    onError: report.error,
    onState: report.state,
  });
  return {
    transport,
    description: () => describe(transport.state),
    connected,
    nats: () => ({ ...transport.state, waitingBytes: transport.waitingBytes }),
    openLeases: async (ttlMs, replicas) => {
      const { openNatsLeases } = await import('../transport/nats/nats-lease-store.ts');
      return openNatsLeases(transport.client, { ttlMs, replicas });
    },
  };
}

/** `NATS, connected to 127.0.0.1:4222`. */
export function describe({ state, server, reason }: NatsState): string {
  if (state === 'connected') return `NATS, connected to ${server}`;
  return `NATS, not connected: ${reason ?? 'the first attempt is under way'}; trying again`;
}
