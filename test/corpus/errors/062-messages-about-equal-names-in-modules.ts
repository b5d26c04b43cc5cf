import { check, Model, render } from './_lib/equal-names.ts';
import * as other from './_lib/equal-names.ts';

class Local extends Model {}
const wrap = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return (error as Error).message;
  }
};
const five: any = 5;

export default async function run() {
  await null;
  const outer = [
    wrap(() => (Local as any)()),
    wrap(() => (Model as any)()),
    wrap(() => five()),
    wrap(() => (render as any).missing()),
    wrap(() => (other as any).check.nothing()),
    wrap(() => new (check as any)()),
  ];
  await null;
  return [outer, check(), Model.name, new Model().constructor.name, render.name, other.Model === Model, String(wrap(() => Model.own(new Local() as never)))];
}
