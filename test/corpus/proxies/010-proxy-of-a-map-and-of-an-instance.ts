class Account {
  #balance = 5;
  get balance(): number {
    return this.#balance;
  }
}

export default async function main() {
  const bound: ProxyHandler<any> = {
    get(target, key) {
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  };
  const map = new Proxy(new Map([['a', 1]]), bound);
  const account = new Proxy(new Account(), bound);
  await null;
  map.set('b', 2);
  await null;
  let bare = '';
  try {
    void new Proxy(new Account(), {}).balance;
  } catch (error: any) {
    bare = error.constructor.name;
  }
  return [map.get('b'), map.size, account.balance, account instanceof Account, bare];
}
