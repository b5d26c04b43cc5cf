const log: string[] = [];
log.push(hoisted());
try {
  new Late();
} catch (error: any) {
  log.push(error.message);
}
function hoisted() {
  try {
    return arrow();
  } catch (error: any) {
    return error.message;
  }
}
const arrow = () => 'arrow';
class Late {
  x = 1;
}
log.push(hoisted());
export default async function main() {
  const late = new Late();
  await null;
  return { log: [...log], late, again: hoisted() };
}
