/** Fields of instances of a class and of a class made at run time, counted by concurrent branches over one object. */
class Account {
  owner = 'o';
  balance = 0;
  declare note?: string;
}
export default async function main() {
  const account = new Account();
  const visit = async (name: string, onKey: (key: string) => void) => {
    const keys: string[] = [];
    for (const key in account) {
      keys.push(key);
      onKey(key);
      await null;
      await null;
    }
    return `${name}: ${keys.join()}`;
  };
  const results = await Promise.all([
    visit('first', (key) => {
      if (key === 'owner') account.note = 'n';
    }),
    visit('second', (key) => {
      if (key === 'owner') Reflect.deleteProperty(account, 'balance');
    }),
    visit('third', () => {}),
  ]);
  return { results, account };
}
