async function* rows(count: number) {
  for (let row = 0; row < count; row++) yield columns(row);
}
async function* columns(row: number) {
  for (let column = 0; column <= row; column++) {
    await null;
    yield `${row}${column}`;
  }
}

export default async function main() {
  const seen: string[] = [];
  for await (const row of rows(4)) {
    for await (const cell of row) {
      for await (const char of cell) {
        if (char === '9') break;
        seen.push(char);
      }
      if (cell === '21') break;
    }
  }
  return seen.join('');
}
