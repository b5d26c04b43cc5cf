function makeModel(table: string) {
  let next = 1;
  const rows = new Map<number, Row>();
  class Row {
    static #made = 0;
    readonly id = next++;
    #dirty = false;
    constructor() {
      Row.#made++;
      rows.set(this.id, this);
    }
    touch(): this {
      this.#dirty = true;
      return this;
    }
    static find(id: number): Row | undefined {
      return rows.get(id);
    }
    static get made(): number {
      return Row.#made;
    }
    toString(): string {
      return `${table}:${this.id}${this.#dirty ? '*' : ''}`;
    }
  }
  return Row;
}
const Customer = makeModel('customer');
const Invoice = makeModel('invoice');
const Alias = Customer;

export default async function run() {
  const a = new Customer();
  await null;
  const b = new Customer().touch();
  await null;
  const i = new Invoice();
  await null;
  return [
    String(a), String(b), String(i), String(Customer.find(1)), Customer.find(2) === b, Customer.made, Invoice.made,
    Alias === Customer, a instanceof Alias, i instanceof Customer, a.constructor === Customer, Invoice.find(2),
  ];
}
