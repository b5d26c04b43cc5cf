async function nothing() {}
async function nothingLater() {
  await null;
}
async function bareReturn() {
  await null;
  return;
}

export default async function main() {
  return [await nothing(), await nothingLater(), await bareReturn()];
}
