import { checkpoint } from 'waymark';
export default async function main() {
  const done: number[] = [];
  for (const item of [1, 2, 3]) {
    done.push(item * 10);
    await checkpoint();
  }
  return done;
}
