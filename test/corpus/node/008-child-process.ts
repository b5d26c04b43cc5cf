import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
const run = promisify(execFile);
export default async function main() {
  const { stdout } = await run(process.execPath, ['-e', 'console.log(6 * 7)']);
  let failure: unknown;
  try {
    await run(process.execPath, ['-e', 'process.exit(5)']);
  } catch (error) {
    failure = (error as { code: number }).code;
  }
  return { stdout: stdout.trim(), failure };
}
