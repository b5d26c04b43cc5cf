import { checkpoint } from 'waymark';
export default async function main() {
  const log: string[] = [];
  const fail = () => { throw new RangeError('from commit'); };
  try {
    await checkpoint({ commit: fail, recover: fail });
  } catch (error: any) {
    log.push(error.constructor.name, error.message);
  }
  await checkpoint();
  return log;
}
