class Order {
  id = 1;
  static make = async () => {
    await null;
    return new this();
  };
  static self = () => this;
  static nested = () => async () => (await null, this.name);
}

export default async function main() {
  const order = await Order.make();
  return [order, Order.self() === Order, await Order.nested()(), Order.make.name];
}
