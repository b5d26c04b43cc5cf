export default async function main() {
  const form = new FormData();
  form.append('a', '1');
  form.append('a', '2');
  form.set('b', 'ü\n');
  await null;
  form.append('c', '3');
  await null;
  return [[...form], form.getAll('a'), form.has('b'), form.get('none')];
}
