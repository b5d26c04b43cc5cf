async function run() {
  const a = await 1;
  return [a, run.name];
}
export { run as default };
