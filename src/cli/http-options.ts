/** Options of `waymark serve` about what a node shows over HTTP. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { milliseconds } from '../duration.ts';
import { parseHttpAddress, type HttpAddress } from '../server/http-address.ts';
import type { NodeEndpoint, NodeEndpointOptions } from '../server/node-endpoint.ts';
import { durationText } from './shared-options.ts';

export interface HttpFlags {
  http?: HttpAddress;
  longRunning: number;
}

function httpAddress(text: string): HttpAddress {
  const address = parseHttpAddress(text);
  if (address === undefined)
    throw new InvalidArgumentError('It must be a port, or an address such as 127.0.0.1:9464 or [::]:9464.');
  return address;
}

export function addHttpOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--http <address>', 'show /metrics, /health and /ready there, such as 127.0.0.1:9464')
        .env('WAYMARK_HTTP')
        .argParser(httpAddress),
    )
    .addOption(
      new Option('--long-running <time>', 'in flight for longer counts as long-running in the metrics')
        .default(milliseconds('2s'), '2s')
        .argParser(durationText),
    );
}

/** Undefined without --http. @throws ServerError WM7030 */
export async function openEndpoint(
  flags: HttpFlags,
  options: Omit<NodeEndpointOptions, 'address'>,
): Promise<NodeEndpoint | undefined> {
  if (flags.http === undefined) return undefined;
  const { openNodeEndpoint } = await import('../server/node-endpoint.ts');
  return openNodeEndpoint({ ...options, address: flags.http });
}
