export default async function main() {
  const log: string[] = [];
  {
    using stack = new DisposableStack();
    stack.defer(() => log.push('deferred'));
    stack.adopt('value', (v) => log.push(`adopted ${v}`));
    log.push('in block');
  }
  await null;
  return log;
}
