export default async function main() {
  const global = /a(\d)/g;
  const named = /(?<year>\d{4})-(?<month>\d\d)/dv;
  const sticky = /b/y;
  const odd = new RegExp('/\n[/]', 'imsu');
  global.exec('a1a2a3');
  sticky.lastIndex = 2;
  await null;
  const second = global.exec('a1a2a3')!;
  await null;
  const match = '2024-05'.match(named)!;
  await null;
  return { global, named, sticky, odd, second: [second[1], second.index], groups: { ...match.groups }, ok: sticky.test('aab'), source: odd.source, flags: odd.flags };
}
