const settings = { limits: { max: 3 }, tags: ['a'] };
const { limits, tags: labels } = settings;
const all = [limits, labels];
const wrapped = Object.freeze({ settings, first: all[0] });
const index = new Map(Object.entries(settings));
let latest = limits;

export default async function run() {
  limits.max++;
  await null;
  labels.push('b');
  const seen = [settings.limits.max, settings.tags.join(), (all[0] as typeof limits).max];
  await null;
  wrapped.settings.limits.max += 10;
  latest.max += 100;
  await null;
  (index.get('tags') as string[]).push('c');
  latest = { max: 0 };
  await null;
  return [seen, limits.max, settings.limits === limits, wrapped.first === limits, labels, index.get('limits') === limits, latest.max];
}
