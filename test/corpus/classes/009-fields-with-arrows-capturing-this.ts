class Timer {
  ticks = 0;
  tick = () => ++this.ticks;
  tickLater = async (n = 1) => {
    for (let i = 0; i < n; i++) {
      await null;
      this.tick();
    }
    return this;
  };
  self = this;
}
export default async function main() {
  const timer = new Timer();
  const { tick, tickLater } = timer;
  tick();
  const same = await tickLater(3);
  await null;
  tick();
  return { ticks: timer.ticks, same: same === timer, self: timer.self === timer };
}
