export default async function main() {
  const encoder = new TextEncoder();
  const decoders = [new TextDecoder(), new TextDecoder('utf-8', { fatal: true }), new TextDecoder('utf8', { ignoreBOM: true }), new TextDecoder('latin1')];
  await null;
  const bytes = encoder.encode('\uFEFFé');
  await null;
  const texts = decoders.map((decoder) => [decoder.encoding, decoder.fatal, decoder.ignoreBOM, decoder.decode(bytes)]);
  let error = '';
  try {
    decoders[1]!.decode(Uint8Array.of(0xff));
  } catch (caught: any) {
    error = `${caught.constructor.name} ${caught.code}`;
  }
  await null;
  return [texts, error, encoder.encoding];
}
