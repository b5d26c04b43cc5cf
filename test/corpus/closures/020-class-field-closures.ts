class Button {
  clicks = 0;
  handlers: (() => Promise<void>)[] = [];
  onClick = async () => {
    this.clicks++;
    for (const h of this.handlers) await h();
    return this.clicks;
  };
}
export default async function main() {
  const log: string[] = [];
  const button = new Button();
  let n = 0;
  button.handlers.push(async () => { await null; log.push(`first ${++n}`); });
  button.handlers.push(async () => { log.push(`second ${++n} of ${button.clicks}`); });
  const { onClick } = button;
  await onClick();
  return [await onClick(), log, button.clicks, n];
}
