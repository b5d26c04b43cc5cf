const main = async () => {
  const a = await 1;
  const b = await 2;
  return { a, b, sum: a + b };
};
export default main;
