export default async function stuck() {
  await new Promise(() => {});
}
