async function name(n: unknown): Promise<string> {
  switch (await n) {
    case 1:
      return 'one';
    case await 2:
      return await 'two';
    case 'text':
    case 'string':
      await null;
      return 'text or string';
    default:
      return 'other';
  }
}
export default async function main() {
  return [await name(1), await name(2), await name('text'), await name('string'), await name('1'), await name(NaN)];
}
