import { checkpoint } from 'waymark';
export default async function main() {
  const order = { id: 7, state: 'new' };
  const acknowledge = async () => {
    await null;
    return `acknowledged ${order.id} ${order.state}`;
  };
  order.state = 'validated';
  const first = await checkpoint({ commit: acknowledge, recover: acknowledge });
  order.state = 'paid';
  const second = await checkpoint({ commit: acknowledge, recover: acknowledge });
  return [first, second, order];
}
