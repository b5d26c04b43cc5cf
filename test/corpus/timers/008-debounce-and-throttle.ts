/** Wrappers that keep a handle between calls: only the last of a burst runs, or the first of each window. */
export default async function main() {
  const log: string[] = [];
  const debounce = <A extends unknown[]>(action: (...args: A) => void) => {
    let handle: ReturnType<typeof setTimeout> | undefined;
    return (...args: A) => {
      clearTimeout(handle);
      handle = setTimeout(action, 2, ...args);
    };
  };
  const throttle = <A extends unknown[]>(action: (...args: A) => void) => {
    let closed = false;
    let last: A | undefined;
    const open = () => {
      closed = false;
      if (last) {
        const args = last;
        last = undefined;
        run(...args);
      }
    };
    const run = (...args: A) => {
      if (closed) {
        last = args;
        return;
      }
      closed = true;
      action(...args);
      setTimeout(open, 1);
    };
    return run;
  };
  const save = debounce((text: string, n: number) => log.push(`save ${text} ${n}`));
  const move = throttle((x: number) => log.push(`move ${x}`));
  for (const [n, char] of [...'abc'].entries()) {
    save(char, n);
    move(n);
  }
  while (log.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  save('z', 9);
  while (log.length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
  return log;
}
