export default async function main() {
  const details = { code: 'E_PLAIN', list: [1, 2] };
  await null;
  throw details;
}
