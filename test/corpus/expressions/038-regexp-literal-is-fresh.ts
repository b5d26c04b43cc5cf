export default async function main() {
  const seen: RegExp[] = [];
  for (let i = 0; i < 2; i++) {
    const re = /a(\d+)/g;
    re.exec('a1a22');
    await null;
    seen.push(re);
  }
  return { same: seen[0] === seen[1], indexes: seen.map((re) => re.lastIndex), next: seen[0]!.exec('a1a22')![1] };
}
