function readLate() {
  return late;
}
let early: string;
try {
  early = readLate();
} catch (error: any) {
  early = error.constructor.name;
}
let late = 'initialised';
export default async function main() {
  await null;
  const first = [early, readLate()];
  late += '!';
  await null;
  return [...first, readLate()];
}
