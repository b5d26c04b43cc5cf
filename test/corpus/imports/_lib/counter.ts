export let count = 0;
export function increase(by = 1) {
  count += by;
}
export const current = () => count;
