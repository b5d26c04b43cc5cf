import { Command, Option } from 'commander';
import { encodePayload } from '../../payload.ts';
import { awaitReply } from '../../transport/await-reply.ts';
import { ERROR, REQUEST_ID } from '../../transport/headers.ts';
import type { Message } from '../../transport/transport.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { type JsonInput, jsonInput, jsonOption, positiveInteger } from '../shared-options.ts';
import { addTransportOptions, openToAsk, type TransportFlags } from '../transport-options.ts';

interface Options extends TransportFlags {
  input?: JsonInput;
  requestId?: string;
  timeout: number;
  json?: boolean;
}

/** `waymark request`: sends one request to a served script, prints the final reply. */
export function requestCommand({ terminal }: CommandContext): Command {
  const command = new Command('request')
    .description('Send a request to a script that is being served, and print its result.')
    .argument('<subject>', 'name of the script')
    .addOption(new Option('--input <json>', 'what the script is called with').argParser(jsonInput))
    .option('--request-id <id>', 'a request with the same id gets the same instance, and its result')
    .addOption(
      new Option('--timeout <ms>', 'how long to wait for the result')
        .default(30_000)
        .argParser(positiveInteger),
    )
    .addOption(jsonOption('errors as JSON, on stderr'));
  return addTransportOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  waymark request payment --input '{"amount":12}'
  waymark request payment --input '{"amount":12}' --request-id p-17    safe to send again
Exits with 6 when nobody serves the script or nobody answers in time.`,
    )
    .action(async (subject: string, options: Options) => {
      const { transport, description, connected } = await openToAsk(options, terminal);
      const late = setTimeout(() => terminal.talk(`Waiting: ${description()}`), LATE_MS);
      await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, options.timeout).unref())]);
      clearTimeout(late);
      try {
        const reply = await awaitReply(transport, subject, encodePayload(options.input?.value), {
          timeout: options.timeout,
          headers: options.requestId === undefined ? {} : { [REQUEST_ID]: options.requestId },
          onInterim: (interim) => terminal.talk(text(interim)),
          signal: terminal.interrupted,
        });
        if (reply.headers[ERROR] !== undefined) throw replyError(subject, reply);
        // A script that returns undefined has no result to print.
        if (reply.data.length > 0) terminal.out(text(reply));
      } finally {
        await transport.close();
      }
    });
}

/** A person wants to know by now what is being waited for. */
const LATE_MS = 1000;

const text = (message: Message): string => new TextDecoder().decode(message.data);

function replyError(subject: string, reply: Message): CliError {
  const body = JSON.parse(text(reply)) as { code?: string; message?: string };
  return new CliError(
    'WM8005',
    `"${subject}" failed: ${body.message} (${body.code ?? reply.headers[ERROR]})`,
    {
      exitCode: EXIT.failure,
      fix: 'The log of the node that serves it has the place. If it had a checkpoint, it is kept: waymark instances list --status failed.',
    },
  );
}
