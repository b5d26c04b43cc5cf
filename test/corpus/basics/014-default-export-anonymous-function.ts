export default async function () {
  const a = await 'anonymous';
  return [a];
}
