export default async function main() {
  const readLater = async () => {
    await null;
    await null;
    return [value, helper()];
  };
  const pending = readLater();
  const value = await 'declared in time';
  const helper = () => value.length;
  return pending;
}
