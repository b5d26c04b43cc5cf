class Failure extends Error {
  code: number;
  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Failure';
    this.code = code;
  }
}

async function deep() {
  await null;
  throw new Error('root');
}

async function middle() {
  try {
    await deep();
  } catch (cause) {
    throw new Failure('wrapped', 7, { cause });
  }
}

export default async function main() {
  await middle();
  return 'not reached';
}
