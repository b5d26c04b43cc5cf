class Server {
  name = 'server';
  async handle() {
    const first = async () => {
      await null;
      const second = async () => {
        await null;
        return this.name;
      };
      return second();
    };
    await null;
    return [await first(), await (() => this.name)(), await first.call({ name: 'ignored' } as any)];
  }
}
export default async function main() {
  return new Server().handle();
}
