/** A timer without a callback is refused as Node refuses it: class, code and text. */
export default async function main() {
  const said: string[] = [];
  for (const callback of [undefined, null, 'text', 5, {}] as never[])
    for (const start of [setTimeout, setInterval, setImmediate]) {
      try {
        start(callback);
      } catch (error) {
        const { name, message, code } = error as Error & { code: string };
        said.push(`${name} ${code} ${message}`);
      }
      await null;
    }
  return said;
}
