import { checkpoint } from 'waymark';
export default async function main() {
  const a = await checkpoint();
  const b = await checkpoint({});
  return [a, b, 'end'];
}
