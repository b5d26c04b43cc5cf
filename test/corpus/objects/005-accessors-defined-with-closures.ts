export default async function main() {
  let celsius = 20;
  const log: string[] = [];
  const thermometer: any = Object.defineProperties({}, {
    celsius: { get: () => celsius, set: (value) => void (log.push(`c ${value}`), (celsius = value)), enumerable: true, configurable: true },
    fahrenheit: { get: () => (celsius * 9) / 5 + 32, set: (value) => void (celsius = ((value - 32) * 5) / 9) },
  });
  const heir = Object.create(thermometer);
  await null;
  heir.fahrenheit = 212;
  await null;
  thermometer.celsius = 37;
  return [celsius, heir.celsius, thermometer.fahrenheit, Object.keys(heir), log, Object.getOwnPropertyDescriptor(thermometer, 'fahrenheit')!.enumerable];
}
