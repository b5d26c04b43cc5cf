export default async function main(): Promise<unknown> {
  const log: string[] = [];
  class Setup {
    static read: () => number;
    static write: (value: number) => void;
    static {
      let shared = 1;
      log.push('first');
      this.read = () => shared;
      this.write = (value) => {
        shared = value;
      };
      for (let index = 0; index < 2; index++) log.push(`loop ${index}`);
    }
    static total = Setup.read() + 1;
    static {
      try {
        throw new Error('inside');
      } catch (error) {
        log.push((error as Error).message);
      }
      var hoisted = Setup.total;
      Setup.total = hoisted * 10;
    }
  }
  Setup.write(7);
  await null;
  const { read } = Setup;
  Setup.write(read() + 1);
  await null;
  return [read(), Setup.read === read, Setup.total, log];
}
