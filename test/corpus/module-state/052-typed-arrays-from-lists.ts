import { checkpoint } from 'waymark';
const counts = Uint32Array.from([0, 0]);
const of = Float64Array.of(1, 2);
export default async function main() {
  counts[0]!++;
  of[1]! += 5;
  await checkpoint();
  counts[0]!++;
  of[1]! += 5;
  await checkpoint();
  return [[...counts], [...of]];
}
