import { runInThisContext } from 'node:vm';
type Context = { path: string; log: string[]; body?: string };
type Layer = (context: Context, next: () => Promise<void>) => Promise<void>;
const compose = runInThisContext(`(layers) => (context) => {
  const run = async (index) => { const layer = layers[index]; if (layer) await layer(context, () => run(index + 1)); };
  return run(0);
}`) as (layers: Layer[]) => (context: Context) => Promise<void>;
export default async function main() {
  const handle = async (path: string): Promise<Context> => {
    const context: Context = { path, log: [] };
    const app = compose([
      async (c, next) => {
        c.log.push('in');
        try {
          await next();
        } catch (error) {
          c.body = `error ${(error as Error).message}`;
        }
        c.log.push('out');
      },
      async (c, next) => {
        await null;
        if (c.path === '/bad') throw new Error('bad path');
        await next();
      },
      async (c) => {
        c.body = `page ${c.path}`;
      },
    ]);
    await app(context);
    return context;
  };
  return [await handle('/good'), await handle('/bad')];
}
