import { checkpoint } from 'waymark';
const url = URL.parse('http://a/b')!;
const params = new URLSearchParams('a=1');
const regex = RegExp('a+', 'g');
const d = structuredClone(new Date(0));
const sym = Symbol('s');
const list = Array.apply(null, [1, 2, 3] as never) as number[];
export default async function main() {
  url.pathname = '/c'; params.append('b', '2'); regex.exec('aab'); d.setTime(5); list.push(4);
  await checkpoint();
  const more = [url.href, params.toString(), regex.lastIndex, d.getTime(), list.length, sym.description];
  await checkpoint();
  return more;
}
