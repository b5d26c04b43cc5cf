type Context = { method: string; path: string; params: Record<string, string>; status: number; body?: unknown; log: string[]; user?: string };
type Next = () => Promise<void>;
type Middleware = (context: Context, next: Next) => Promise<void> | void;
const compose =
  (...layers: Middleware[]): Middleware =>
  (context, last) => {
    let reached = -1;
    const dispatch = async (index: number): Promise<void> => {
      if (index <= reached) throw new Error('next() called twice');
      reached = index;
      await (layers[index] ? layers[index](context, () => dispatch(index + 1)) : last());
    };
    return dispatch(0);
  };
class Router {
  readonly #routes: { method: string; pattern: RegExp; run: Middleware }[] = [];
  on(method: string, path: string, ...run: Middleware[]): this {
    const pattern = new RegExp(`^${path.replaceAll(/:(\w+)(\?)?/g, (_, name: string, optional) => `(?<${name}>[^/]${optional ? '*' : '+'})`)}$`);
    this.#routes.push({ method, pattern, run: compose(...run) });
    return this;
  }
  readonly handle: Middleware = async (context, next) => {
    for (const { method, pattern, run } of this.#routes) {
      const match = method === context.method ? pattern.exec(context.path) : null;
      if (!match) continue;
      Object.assign(context.params, match.groups);
      return run(context, next);
    }
    await next();
  };
}
const timing: Middleware = async ({ log, path }, next) => {
  log.push(`> ${path}`);
  await next();
  log.push(`< ${path}`);
};
const guard: Middleware = async (context, next) => {
  try {
    await next();
  } catch (error) {
    context.status = error instanceof RangeError ? 404 : 500;
    context.body = (error as Error).message;
  } finally {
    context.log.push(`status ${context.status}`);
  }
};
const authenticate: Middleware = async (context, next) => {
  await null;
  if (context.path.startsWith('/admin') && !context.user) return void (context.status = 401);
  return next();
};
export default async function run() {
  const orders = new Map([['1', { id: '1', total: 5 }]]);
  const router = new Router()
    .on('GET', '/orders/:id', async (context) => {
      const order = orders.get(await context.params['id']!);
      if (!order) throw new RangeError(`no order ${context.params['id']}`);
      context.body = order;
    })
    .on('PUT', '/orders/:id/:part?', async ({ params, log }, next) => (log.push(JSON.stringify(params)), next()), async (context) => void (context.status = 204))
    .on('GET', '/twice', async (_, next) => (await next(), next()))
    .on('GET', '/admin', (context) => void (context.body = `hello ${context.user}`));
  const app = compose(timing, guard, authenticate, router.handle);
  const results: unknown[] = [];
  for (const [method, path, user] of [['GET', '/orders/1'], ['GET', '/orders/2'], ['PUT', '/orders/1/x'], ['PUT', '/orders/1/'], ['GET', '/twice'], ['GET', '/admin'], ['GET', '/admin', 'Ann'], ['POST', '/']] as const) {
    const context: Context = { method, path, params: {}, status: 200, log: [], ...(user && { user }) };
    await app(context, async () => void (context.status = 405));
    results.push([context.status, context.body, context.log.join(' ')]);
  }
  return results;
}
