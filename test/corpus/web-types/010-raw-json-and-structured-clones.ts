export default async function main() {
  const raw = (JSON as any).rawJSON('12345678901234567890');
  const clone = structuredClone({ map: new Map([[1, { a: [1n, undefined, NaN] }]]), date: new Date(0), bytes: Uint8Array.of(1, 2) });
  await null;
  return [JSON.stringify({ raw, list: [raw] }), (JSON as any).isRawJSON(raw), Object.isFrozen(raw), clone];
}
