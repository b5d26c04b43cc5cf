export default async function main() {
  const url = new URL('https://user:pw@example.org:8080/a/b?x=1&y=2#frag');
  await null;
  url.pathname = '/changed';
  await null;
  url.searchParams.append('z', '3');
  return { url, href: url.href, host: url.host, instance: url instanceof URL, z: url.searchParams.get('z') };
}
