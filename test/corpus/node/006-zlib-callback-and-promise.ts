import { promisify } from 'node:util';
import { deflate, gunzipSync, gzip, inflateSync } from 'node:zlib';
export default async function main() {
  const text = 'waymark '.repeat(200);
  const packed = await promisify(gzip)(text);
  const same = gunzipSync(packed).toString() === text;
  const small = packed.length < 100;
  const deflated = await new Promise<string>((resolve, reject) => {
    deflate(text, (error, data) => (error ? reject(error) : resolve(inflateSync(data).toString())));
  });
  return { same, small, other: deflated === text };
}
