type Command = { op: 'read' } | { op: 'write'; text: string } | { op: 'fork'; name: string };

function* worker(name: string): Generator<Command, string, string> {
  const first = yield { op: 'read' };
  yield { op: 'write', text: `${name} read ${first}` };
  if (name.length < 3) {
    const child = yield { op: 'fork', name: `${name}${name[0]}` };
    yield { op: 'write', text: `${name} forked ${child}` };
  }
  const second = yield { op: 'read' };
  return `${name}:${first}${second}`;
}

export default async function main() {
  const input = [...'abcdefgh'];
  const output: string[] = [];
  const results: string[] = [];
  const queue: { it: Generator<Command, string, string>; send: string }[] = [{ it: worker('p'), send: '' }];
  while (queue.length > 0) {
    const { it, send } = queue.shift()!;
    const { value, done } = it.next(send);
    await null;
    if (done) results.push(value);
    else if (value.op === 'read') queue.push({ it, send: input.shift()! });
    else if (value.op === 'write') {
      output.push(value.text);
      queue.push({ it, send: '' });
    } else {
      queue.push({ it: worker(value.name), send: '' }, { it, send: value.name });
    }
  }
  return { output, results, left: input.join('') };
}
