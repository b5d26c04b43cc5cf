export interface Logger {
  (text: string): void;
  later(text: string): Promise<void>;
  prefix: string;
}
export function makeLogger(prefix: string, lines: string[]): Logger {
  let n = 0;
  const log = (text: string) => void lines.push(`${prefix}${n++}: ${text}`);
  return Object.assign(log, {
    later: async (text: string) => {
      await null;
      log(text);
    },
    prefix,
  });
}
