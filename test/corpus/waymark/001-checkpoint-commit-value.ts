import { checkpoint } from 'waymark';
export default async function main() {
  const list = [1];
  const value = await checkpoint({ commit: () => 'done', recover: () => 'done' });
  list.push(2);
  return { value, list };
}
