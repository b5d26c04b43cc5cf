export default async function main() {
  const kept = ['', 'a', 'é', 'ÿ', 'Ā', '日本語', '😀', '\ud83d', '\udc00x', '\0', 'line\nbreak\u2028', 'x'.repeat(300), 'ü'.repeat(200), '語'.repeat(150), '__proto__'];
  await null;
  return { lengths: kept.map((s) => s.length), kept, units: [...'\ud83d\ude00\ud800'].map((c) => c.charCodeAt(0)) };
}
