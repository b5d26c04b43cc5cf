export default async function main() {
  const reasons = [undefined, null, 'text', 7n, Symbol.for('reason'), { code: 1 }, () => 'fn', NaN];
  const seen: unknown[] = [];
  for (const reason of reasons) {
    try {
      await Promise.reject(reason);
    } catch (caught) {
      await null;
      seen.push(Object.is(caught, reason));
    }
  }
  const settled = await Promise.allSettled(reasons.map((reason) => Promise.reject(reason)));
  return [seen, settled.every((each, index) => each.status === 'rejected' && Object.is(each.reason, reasons[index]))];
}
