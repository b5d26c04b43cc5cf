/** Settings whose layers are prototypes: a loop sees each name once, whoever shadows it, also when a layer changes meanwhile. */
export default async function main() {
  const defaults: Record<string, unknown> = { color: 'blue', size: 1, debug: false };
  const user: Record<string, unknown> = Object.create(defaults, { size: { value: 2, enumerable: true, writable: true, configurable: true } });
  const session: Record<string, unknown> = Object.create(user);
  session['debug'] = true;
  Object.defineProperty(session, 'color', { value: 'hidden', enumerable: false, configurable: true });
  const rounds: unknown[] = [];
  for (let round = 0; round < 3; round++) {
    const seen: Record<string, unknown> = {};
    for (const name in session) {
      await null;
      seen[name] = session[name];
      if (round === 1 && name === 'debug') delete user['size'];
    }
    rounds.push(seen);
    if (round === 0) delete session['color'];
  }
  Object.setPrototypeOf(session, null);
  const alone: string[] = [];
  for (const name in session) alone.push(await name);
  return { rounds, alone };
}
