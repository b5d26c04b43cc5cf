import { checkpoint } from 'waymark';
/** A checkpoint in a for-await over an async generator that makes checkpoints itself, and in a finally block. */
async function* pages(log: string[]) {
  try {
    for (let page = 1; page < 4; page++) {
      const label = () => `page ${page}`;
      yield await checkpoint({ commit: label, recover: label });
    }
  } finally {
    const bye = () => 'closed';
    log.push(await checkpoint({ commit: bye, recover: bye }));
  }
}
export default async function main() {
  const log: string[] = [];
  for await (const page of pages(log)) {
    const upper = () => page.toUpperCase();
    log.push(await checkpoint({ commit: upper, recover: upper }));
    if (page === 'page 2') break;
  }
  const all: string[] = [];
  for await (const page of pages(all)) all.push(page);
  return { log, all };
}
