export default async function main() {
  const read = async (): Promise<string[]> => {
    const source = new ReadableStream<string>({
      start(controller) {
        for (const text of ['a', 'b', 'c']) controller.enqueue(text);
        controller.close();
      },
    });
    const upper = new TransformStream<string, string>({
      transform(chunk, controller) {
        controller.enqueue(chunk.toUpperCase());
      },
    });
    return Reflect.apply(Array.fromAsync, Array, [source.pipeThrough(upper)]);
  };
  return await read();
}
