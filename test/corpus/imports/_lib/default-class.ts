export default class {
  n = 1;
  async next() {
    await null;
    return ++this.n;
  }
}
