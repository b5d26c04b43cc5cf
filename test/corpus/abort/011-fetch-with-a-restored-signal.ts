export default async function main() {
  const controller = new AbortController();
  const { signal } = controller;
  const first = await fetch('data:text/plain,hello', { signal }).then((response) => response.text());
  await null;
  const both = AbortSignal.any([signal, AbortSignal.timeout(60_000)]);
  const second = await fetch('data:text/plain,again', { signal: both }).then((response) => response.text());
  controller.abort();
  await null;
  let error: any;
  try {
    await fetch('data:text/plain,late', { signal });
  } catch (caught) {
    error = caught;
  }
  return [first, second, error.name, error === signal.reason];
}
