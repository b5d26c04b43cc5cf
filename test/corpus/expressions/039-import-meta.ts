export default async function main() {
  const before = import.meta;
  await null;
  return { same: before === import.meta, url: typeof import.meta.url, file: import.meta.url.startsWith('file:') };
}
