export default async function main() {
  const log: number[] = [];
  let n = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      log.push(n++);
      if (n === 3) {
        clearInterval(timer);
        resolve();
      }
    }, 1);
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  return log;
}
