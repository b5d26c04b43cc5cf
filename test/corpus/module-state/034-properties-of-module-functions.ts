function counter(): number {
  return ++(counter as any).calls;
}
(counter as any).calls = 0;
const tagged: any = function () {
  return tagged.label;
};
tagged.label = 'initial';

export default async function main(): Promise<unknown> {
  counter();
  await null;
  counter();
  tagged.label = 'changed';
  tagged.list = [1];
  await null;
  tagged.list.push(2);
  delete tagged.label;
  await null;
  return [counter(), tagged(), tagged.list, Object.keys(tagged)];
}
