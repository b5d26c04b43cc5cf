const frozen = Object.freeze({ list: [] as number[], get size() { return this.list.length; } });
let reads = 0;
const settings = {
  _level: 1,
  get level() { reads++; return this._level; },
  set level(v: number) { this._level = v * 10; },
};
export default async function main() {
  frozen.list.push(1);
  await null;
  settings.level = frozen.size + 1;
  await null;
  settings.level += await 1;
  return [frozen, frozen.size, settings.level, reads];
}
