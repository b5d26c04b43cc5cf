export default async function main() {
  const headers: any = new Headers([['Accept', 'a'], ['set-cookie', 'x=1'], ['Set-Cookie', 'y=2'], ['accept', 'b']]);
  headers.note = 'n';
  await null;
  headers.append('Accept', 'c');
  headers.delete('none');
  await null;
  return [[...headers], headers.getSetCookie(), headers.get('ACCEPT'), headers.has('x'), headers.note, headers instanceof Headers];
}
