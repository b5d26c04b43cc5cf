interface Line { sku: string; quantity: number }
export default async function main() {
  const stock = new Map<string, { available: number; reserved: number }>([['a', { available: 5, reserved: 0 }], ['b', { available: 1, reserved: 0 }]]);
  const reserve = async (lines: Line[]) => {
    const taken: Line[] = [];
    try {
      for (const { sku, quantity } of lines) {
        const item = stock.get(sku) ?? ((await Promise.reject(new Error(`unknown ${sku}`))) as never);
        await null;
        if (item.available < quantity) throw new Error(`short of ${sku}: ${item.available} < ${quantity}`);
        item.available -= quantity;
        item.reserved += quantity;
        taken.push({ sku, quantity });
      }
      return 'reserved';
    } catch (error: any) {
      for (const { sku, quantity } of taken) {
        const item = stock.get(sku)!;
        item.available += quantity;
        item.reserved -= quantity;
        await null;
      }
      return error.message as string;
    }
  };
  const results = [
    await reserve([{ sku: 'a', quantity: 2 }, { sku: 'b', quantity: 1 }]),
    await reserve([{ sku: 'a', quantity: 1 }, { sku: 'b', quantity: 1 }]),
    await reserve([{ sku: 'a', quantity: 1 }, { sku: 'z', quantity: 1 }]),
    ...(await Promise.all([reserve([{ sku: 'a', quantity: 2 }]), reserve([{ sku: 'a', quantity: 2 }])])),
  ];
  return { results, stock };
}
