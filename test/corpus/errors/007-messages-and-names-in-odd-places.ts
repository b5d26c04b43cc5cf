export default async function main() {
  const hidden = new Error();
  const own: any = new Error('own');
  own.name = 'Renamed';
  const numeric: any = new Error('x');
  numeric.message = 5;
  const typed = Object.setPrototypeOf(new Error('typed'), RangeError.prototype);
  const bare = Object.setPrototypeOf(new Error('bare'), null);
  const frozen = Object.freeze(new SyntaxError('frozen'));
  await null;
  return [
    Object.hasOwn(hidden, 'message'),
    hidden.message,
    String(own),
    Object.keys(own),
    numeric.message,
    typed instanceof RangeError,
    String(typed),
    Object.getPrototypeOf(bare),
    bare.message,
    Object.isFrozen(frozen),
    (Error as any).isError(typed),
    (Error as any).isError(bare),
  ];
}
