import { call, CallError } from 'waymark';

/** Calls what it is told to, and says how that went. */
export default async function main(calls: [string, object][]) {
  const results: unknown[] = [];
  for (const [subject, options] of calls) {
    try {
      results.push(await call(subject, undefined, options));
    } catch (error) {
      const { message, remote, subject: named } = error as CallError;
      results.push({ message, remote, named });
    }
  }
  return results;
}
