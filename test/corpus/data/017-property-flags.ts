export default async function main() {
  const object: any = { plain: 1 };
  Object.defineProperty(object, 'readOnly', { value: 'r', enumerable: true });
  Object.defineProperty(object, 'hidden', { value: 'h', writable: true, configurable: true });
  Object.defineProperty(object, 'permanent', { value: 'p', writable: true, enumerable: true });
  Object.defineProperty(object, Symbol.for('hidden'), { value: 's' });
  await null;
  object.hidden += '!';
  object.permanent += '!';
  let error = '';
  try {
    object.readOnly = 1;
  } catch (e: any) {
    error = e.constructor.name;
  }
  return { object, error, json: JSON.stringify(object) };
}
