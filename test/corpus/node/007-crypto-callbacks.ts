import { createHash, hkdf, pbkdf2, webcrypto } from 'node:crypto';
export default async function main() {
  const key = await new Promise<string>((resolve, reject) => {
    pbkdf2('secret', 'salt', 10, 16, 'sha256', (error, data) => (error ? reject(error) : resolve(data.toString('hex'))));
  });
  const derived = await new Promise<number>((resolve, reject) => {
    hkdf('sha256', 'key', 'salt', 'info', 8, (error, data) => (error ? reject(error) : resolve(data.byteLength)));
  });
  const digest = Buffer.from(await webcrypto.subtle.digest('SHA-256', Buffer.from('text'))).toString('hex');
  return { key, derived, digest, same: digest === createHash('sha256').update('text').digest('hex') };
}
