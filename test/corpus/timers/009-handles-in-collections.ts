/** Handles kept in a Map and in an object over suspensions; some are cleared twice, by others, or after they ran. */
export default async function main() {
  const ran: string[] = [];
  const handles = new Map<string, ReturnType<typeof setTimeout>>();
  for (const name of ['a', 'b', 'c', 'd']) handles.set(name, setTimeout(() => ran.push(name), name === 'd' ? 30_000 : 1));
  const kept = { b: handles.get('b'), list: [...handles.values()] };
  await null;
  clearTimeout(kept.b);
  clearTimeout(handles.get('b'));
  await new Promise((resolve) => setTimeout(resolve, 3));
  const same = kept.list.map((handle, index) => handle === [...handles.values()][index]);
  for (const handle of kept.list) clearTimeout(handle);
  clearInterval(null as never);
  await null;
  return { ran, same, size: handles.size };
}
