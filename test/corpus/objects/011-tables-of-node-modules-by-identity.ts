import * as os from 'node:os';
import * as path from 'node:path';
import { promises, constants } from 'node:fs';
import { inspect, types } from 'node:util';

export default async function main() {
  const held = [os.constants, os.constants.signals, path.posix, path.posix.join, promises, promises.readFile, constants, inspect.custom, types.isDate, types];
  await null;
  return [os.constants, os.constants.signals, path.posix, path.posix.join, promises, promises.readFile, constants, inspect.custom, types.isDate, types].map((value, index) => value === held[index]);
}
