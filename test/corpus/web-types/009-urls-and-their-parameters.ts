const BASE = new URL('https://example.org/list?page=1');

export default async function main() {
  const own = new URL('path?x=1#h', BASE);
  const parameters = own.searchParams;
  const loose = new URLSearchParams('a=1&a=2&b=%20');
  await null;
  parameters.append('y', '2');
  BASE.searchParams.set('page', '2');
  await null;
  loose.sort();
  return [own.href, parameters === own.searchParams, loose.toString(), BASE.href, new URL('?z', BASE).href, BASE === BASE];
}
