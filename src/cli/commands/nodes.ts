import { Command } from 'commander';
import type { TakeOverReport } from '../../node/replication/take-over.ts';
import {
  decodeControl,
  encodeControl,
  REPLICA,
  replicaSubject,
  type Refusal,
  type TakeOverRequest,
} from '../../node/replication/replica-messages.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { pairedNode } from '../replication-options.ts';
import { durationText, jsonOption } from '../shared-options.ts';
import { milliseconds } from '../../duration.ts';
import { awaitReply } from '../../transport/await-reply.ts';
import { addTransportOptions, openToAsk, type TransportFlags } from '../transport-options.ts';

interface Options extends TransportFlags {
  on?: string;
  prefix?: string;
  timeout: number;
  acceptRollback?: boolean;
  json?: boolean;
}

/** `waymark nodes`: what operators do to the nodes of a cluster. */
export function nodesCommand(context: CommandContext): Command {
  return new Command('nodes')
    .description('Act on the nodes of a cluster.')
    .addCommand(failoverCommand(context));
}

function failoverCommand({ terminal }: CommandContext): Command {
  const command = new Command('failover')
    .description("Let a dead node's instances go on on the node that keeps its copies.")
    .argument('<node>', 'name of the dead node')
    .option('--on <name>', 'node that keeps its copies (default: the other of the pair)')
    .option('--accept-rollback', 'give up what the node has acknowledged while it was alone (--take-over)')
    .option('--prefix <text>', 'prefix under which the nodes serve')
    .option('--timeout <time>', 'how long to wait for the node', durationText, milliseconds('60s'))
    .addOption(jsonOption());
  return addTransportOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  waymark nodes failover node-0 --nats nats://127.0.0.1:4222      node-1 goes on with its instances

Only for a node that is dead: one that still runs would do the same work at the same time. When it comes back it learns
what was taken over, and does not run that again; what it never sent to its peer goes on there.

With --take-over, a node that was alone when it died has acknowledged what its peer does not have. It is taken over only with
--accept-rollback: its instances go back to the copies, and what is newer is given up when it returns.`,
    )
    .action(async (node: string, options: Options) => {
      const holder = options.on ?? pairedNode(node);
      if (holder === undefined) {
        throw new CliError('WM8020', `It is not known who keeps the copies of ${node}`, {
          exitCode: EXIT.usage,
          fix: 'Name that node with --on.',
        });
      }
      const { transport, connected } = await openToAsk(options, terminal);
      try {
        const late = new Promise((resolve) => setTimeout(resolve, options.timeout).unref());
        await Promise.race([connected, late]);
        const prefix = options.prefix === undefined ? '' : `${options.prefix}.`;
        const request: TakeOverRequest = { node, acceptRollback: options.acceptRollback };
        const answer = await awaitReply(transport, replicaSubject(prefix, holder), encodeControl(request), {
          headers: { [REPLICA]: 'take-over' },
          timeout: options.timeout,
          signal: terminal.interrupted,
        });
        const report = decodeControl(answer.data) as Refusal | ({ ok: true } & TakeOverReport);
        if (!report.ok) {
          const code = report.code === undefined ? '' : ` (${report.code})`;
          throw new CliError('WM8021', `${holder} could not take over ${node}: ${report.reason}${code}`, {
            exitCode: EXIT.failure,
            fix:
              report.fix ?? `See the log of ${holder}, then ask again: what was taken over already stays so.`,
          });
        }
        if (options.json === true) terminal.out(JSON.stringify(report));
        else
          terminal.out(
            `${holder} runs ${report.running} instances of ${node}, and keeps ${report.ended} that ended.`,
          );
      } finally {
        await transport.close();
      }
    });
}
