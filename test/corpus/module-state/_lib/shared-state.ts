const state = { n: 0, list: [] as string[] };
export default state;
export function touch(x: string) {
  state.n++;
  state.list.push(x);
}
