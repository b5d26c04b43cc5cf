import { Model as Base } from './equal-names-too.ts';
const five: any = 'five';
const wrap = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as Error).message;
  }
};
export class Model extends Base {
  #own = 1;
  static own(model: Model): number {
    return model.#own;
  }
}
export const render = () => five();
export const check = () => [wrap(() => five()), wrap(render), wrap(() => [...(five.length as any)]), wrap(() => (Model as any)()), wrap(() => (Base as any)())];
