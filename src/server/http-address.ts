/** Where to listen: `127.0.0.1:9464`, `[::1]:9464`, `0.0.0.0:9464`, or a port alone, which is one of this machine only. */
export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

const PATTERN = /^(?:(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):)?(\d{1,5})$/;
const LARGEST_PORT = 65_535;

/** Undefined if the text is no address. Port 0: any that is free. */
export function parseHttpAddress(text: string): HttpAddress | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const port = Number(match[2]);
  if (port > LARGEST_PORT) return undefined;
  const host = match[1] ?? '127.0.0.1';
  return { host: host.startsWith('[') ? host.slice(1, -1) : host, port };
}
