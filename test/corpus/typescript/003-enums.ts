enum Color { Red, Green = 5, Blue }
enum Status { Open = 'open', Closed = 'closed' }
const enum Flag { None = 0, A = 1 << 0, B = 1 << 1, AB = A | B }
enum Computed { Length = 'four'.length, Next = Length * 2, Text = `t${1}` }
export default async function main() {
  const log: unknown[] = [];
  for (const c of [Color.Red, Color.Blue]) {
    switch (await c) {
      case Color.Red: log.push('red'); break;
      case Color.Blue: log.push(Color[c]); break;
    }
  }
  let flags: Flag = Flag.A;
  flags |= await Flag.B;
  const held = { status: Status.Closed, Color };
  await null;
  return { log, both: flags === Flag.AB, held: [held.status, held.Color.Green, held.Color[6], held.Color === Color], computed: [Computed.Length, Computed.Next, Computed.Text] };
}
